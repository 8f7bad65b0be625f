package slipway

import groovy.io.FileType
import harness.Build
import harness.Folder
import harness.Git
import harness.Library
import java.nio.file.Files

/** A small repository of charts (jenkins/test/fixtures/charts), whose dist/ is as its charts give it; its slipway is a fake. */
class ChartsRepository {
    private static final File FIXTURE = new File(Library.FOLDER, 'test/fixtures/charts')
    private static final Map<String, String> ENVIRONMENT = Git.ENVIRONMENT + Git.AUTHOR + [
        PATH: System.getenv('PATH'), FAKE_LOG: '/dev/null', FAKE_ANSWERS: '/nowhere', FAKE_STATE: '/nowhere',
    ]
    /** Repositories of this JVM by what they have beside the charts: the same one is asked for again and again. */
    private static final Map<Map<String, String>, File> MADE = [:]
    private static File scratch

    /** What a pipeline clones and pushes to: a bare repository with the branch main. */
    final File bare
    /** Where somebody else works, right on main: without a clone and a push, which take most of the time. */
    private final File others

    /** @param folder whoever made it removes it @param files what main has beside the charts */
    ChartsRepository(File folder, Map<String, String> files = [:]) {
        bare = new File(folder, 'charts.git')
        others = new File(folder, 'others')
        copy(made(files), folder)
    }

    /** A checkout in a folder, without a remote. */
    static void checkOut(File folder) {
        copy(first(), folder)
    }

    String git(String... words) {
        execute(bare, [:], 'git', *words)
    }

    /** A file as main has it. */
    String read(String path) {
        git('show', "main:${path}".toString())
    }

    /** Somebody else pushes to main, with dist/ as the charts give it, or as the files have it. @return the commit */
    String push(Map<String, String> files, boolean isSynthesized = true) {
        Map<String, String> place = [GIT_DIR: bare.path, GIT_WORK_TREE: others.path]
        execute(others, place, 'git', 'read-tree', '--reset', '-u', 'main')
        commit(others, place, files, isSynthesized)
        git('rev-parse', 'main')
    }

    /** What is committed in a checkout becomes main. */
    void take(File checkout) {
        git('fetch', '--quiet', checkout.path, 'HEAD')
        git('update-ref', 'refs/heads/main', 'FETCH_HEAD')
    }

    /** The checkout that all others are copies of. */
    private static synchronized File first() {
        if (scratch == null) {
            scratch = Files.createTempDirectory('slipway-charts').toFile()
            addShutdownHook { Folder.delete(scratch) }
            File checkout = new File(scratch, 'first')
            checkout.mkdirs()
            execute(checkout, [:], 'git', 'init', '--quiet', '--initial-branch', 'main')
            Map<String, String> files = [:]
            FIXTURE.eachFileRecurse(FileType.FILES) { files[FIXTURE.toPath().relativize(it.toPath()).toString()] = it.text }
            commit(checkout, [:], files)
        }
        new File(scratch, 'first')
    }

    private static synchronized File made(Map<String, String> files) {
        if (!MADE.containsKey(files)) {
            File checkout = first()
            File folder = Files.createTempDirectory(scratch.toPath(), 'repository').toFile()
            if (files) {
                new ChartsRepository(folder).push(files)
            } else {
                new File(folder, 'others').mkdirs()
                execute(checkout, [:], 'git', 'clone', '--quiet', '--bare', '.', "${folder}/charts.git".toString())
            }
            MADE[files] = folder
        }
        MADE[files]
    }

    /** All that is in a folder, into another one. */
    static void copy(File from, File to) {
        execute(from, [:], 'cp', '--recursive', '.', to.path)
    }

    private static void commit(File folder, Map<String, String> place, Map<String, String> files, boolean isSynthesized = true) {
        files.each { String path, String text ->
            File file = new File(folder, path)
            file.parentFile.mkdirs()
            file.text = text
        }
        if (isSynthesized) execute(folder, place, "${Build.FAKES}/node".toString(), 'tools/cli/bin.js', 'synth')
        execute(folder, place, 'git', 'add', '--all')
        execute(folder, place, 'git', 'commit', '--quiet', '--message', 'work')
    }

    private static String execute(File folder, Map<String, String> variables, String... words) {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder).redirectErrorStream(true)
        builder.environment().clear()
        builder.environment().putAll(ENVIRONMENT + variables)
        Process process = builder.start()
        String said = process.inputStream.text
        if (process.waitFor() != 0) throw new IllegalStateException("${words.join(' ')}: ${said}")
        said.trim()
    }
}

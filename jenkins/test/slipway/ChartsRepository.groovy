package slipway

import groovy.io.FileType
import harness.Build
import harness.Folder
import harness.Library
import java.nio.file.Files

/** A small repository of charts (jenkins/test/fixtures/charts), whose dist/ is as its charts give it; its slipway is a fake. */
class ChartsRepository {
    private static final Map<String, String> ENVIRONMENT = [
        PATH: System.getenv('PATH'), HARNESS_FAKES: Build.FAKES.path, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_AUTHOR_NAME: 'ann', GIT_AUTHOR_EMAIL: 'ann@example.com', GIT_COMMITTER_NAME: 'ann', GIT_COMMITTER_EMAIL: 'ann@example.com',
    ]
    private static File first

    /** What a pipeline clones and pushes to: a bare repository with the branch main. */
    final File bare
    private final File others

    /** @param folder whoever made it removes it */
    ChartsRepository(File folder) {
        bare = new File(folder, 'charts.git')
        others = new File(folder, 'others')
        execute(template(), 'git', 'clone', '--quiet', '--bare', '.', bare.path)
    }

    /** A checkout in a folder, without a remote, its packages installed. */
    static void checkOut(File folder) {
        execute(template(), 'git', 'clone', '--quiet', '.', folder.path)
        execute(folder, 'git', 'remote', 'remove', 'origin')
    }

    String git(String... words) {
        execute(bare, 'git', *words)
    }

    /** A file as main has it. */
    String read(String path) {
        git('show', "main:${path}".toString())
    }

    /** Somebody else pushes to main, with dist/ as the charts give it, or as the files have it. @return the commit */
    String push(Map<String, String> files, boolean isSynthesized = true) {
        Folder.delete(others)
        git('clone', '--quiet', '.', others.path)
        commit(others, files, isSynthesized)
        execute(others, 'git', 'push', '--quiet', 'origin', 'main')
        git('rev-parse', 'main')
    }

    /** What is committed in a checkout becomes main. */
    void take(File checkout) {
        git('fetch', '--quiet', checkout.path, 'HEAD')
        git('update-ref', 'refs/heads/main', 'FETCH_HEAD')
    }

    private static synchronized File template() {
        if (first == null) {
            first = Files.createTempDirectory('slipway-charts').toFile()
            addShutdownHook { Folder.delete(first) }
            File fixture = new File(Library.FOLDER, 'test/fixtures/charts')
            execute(first, 'git', 'init', '--quiet', '--initial-branch', 'main')
            Map<String, String> files = [:]
            fixture.eachFileRecurse(FileType.FILES) { files[fixture.toPath().relativize(it.toPath()).toString()] = it.text }
            commit(first, files)
        }
        first
    }

    private static void commit(File folder, Map<String, String> files, boolean isSynthesized = true) {
        files.each { String path, String text ->
            File file = new File(folder, path)
            file.parentFile.mkdirs()
            file.text = text
        }
        if (isSynthesized) execute(folder, 'node', 'tools/cli/bin.js', 'synth')
        execute(folder, 'git', 'add', '--all')
        execute(folder, 'git', 'commit', '--quiet', '--message', 'work')
    }

    private static String execute(File folder, String... words) {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder).redirectErrorStream(true)
        builder.environment().clear()
        builder.environment().putAll(ENVIRONMENT)
        Process process = builder.start()
        String said = process.inputStream.text
        if (process.waitFor() != 0) throw new IllegalStateException("${words.join(' ')}: ${said}")
        said.trim()
    }
}

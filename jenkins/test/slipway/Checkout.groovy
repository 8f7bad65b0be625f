package slipway

import harness.Git

/** Makes a folder a git checkout, with real git. */
class Checkout {
    private static final Map<String, String> ENVIRONMENT = Git.ENVIRONMENT + Git.AUTHOR + [PATH: System.getenv('PATH')]
    private final File folder

    /** @param files contents by path, all in one commit */
    Checkout(File folder, Map<String, String> files = [:]) {
        this.folder = folder
        git('init', '--quiet', '--initial-branch', 'main')
        commit(files)
    }

    void write(Map<String, String> files) {
        files.each { String path, String text ->
            File file = new File(folder, path)
            file.parentFile.mkdirs()
            file.text = text
        }
    }

    void commit(Map<String, String> files) {
        write(files)
        git('add', '--all')
        git('commit', '--quiet', '--allow-empty', '--message', 'work')
    }

    String git(String... words) {
        ProcessBuilder builder = new ProcessBuilder(['git', *words]).directory(folder).redirectErrorStream(true)
        builder.environment().clear()
        builder.environment().putAll(ENVIRONMENT)
        Process process = builder.start()
        String output = process.inputStream.text
        if (process.waitFor() != 0) throw new IllegalStateException("git ${words.join(' ')}: ${output}")
        output.trim()
    }
}

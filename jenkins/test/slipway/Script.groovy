package slipway

import harness.Git
import harness.Library

/** One of the library's scripts, run as Jenkins runs it but without a pipeline around: for what only the script decides. */
class Script {
    final int code
    final String output
    final String errors

    /** @param environment all that the script sees, besides PATH; as in `withEnv`, what is empty is not set */
    Script(String name, File folder, Map<String, String> environment, List<File> programs = []) {
        ProcessBuilder builder = new ProcessBuilder(new File(Library.FOLDER, "resources/slipway/${name}.sh").path).directory(folder)
        builder.command().add(0, 'bash')
        builder.environment().clear()
        builder.environment().putAll(Git.ENVIRONMENT + [PATH: (programs*.path + System.getenv('PATH')).join(':')])
        builder.environment().putAll(environment.findAll { it.value })
        Process process = builder.start()
        StringBuilder out = new StringBuilder()
        StringBuilder err = new StringBuilder()
        process.waitForProcessOutput(out, err)
        code = process.exitValue()
        output = out.toString().trim()
        errors = err.toString().trim()
    }
}

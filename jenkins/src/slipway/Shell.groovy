package slipway

import com.cloudbees.groovy.cps.NonCPS

/**
 * Runs the library's scripts (resources/slipway/<name>.sh). A script is one constant text; what differs reaches it as environment
 * variables. A variable whose value is empty is not set at all in the script (`withEnv` removes it): scripts read those as `${NAME:-}`.
 */
class Shell implements Serializable {
    private final def steps

    Shell(def steps) {
        this.steps = steps
    }

    /** @param parts names of scripts whose functions this one uses: they are run before it, as one script */
    void run(Map environment, String label, String script, List parts = []) {
        String text = text(script, parts)
        steps.withEnv(entries(environment)) { steps.sh(label: label, script: text) }
    }

    /** What the script writes to stdout, without the white space around it. */
    String output(Map environment, String label, String script, List parts = []) {
        String text = text(script, parts)
        String output = steps.withEnv(entries(environment)) { steps.sh(label: label, script: text, returnStdout: true) }
        return output.trim()
    }

    /** The script's exit code: none of them fails the build. */
    int status(Map environment, String label, String script, List parts = []) {
        String text = text(script, parts)
        return steps.withEnv(entries(environment)) { steps.sh(label: label, script: text, returnStatus: true) }
    }

    private String text(String script, List parts) {
        List texts = (parts + [script]).collect { name -> steps.libraryResource("slipway/${name}.sh".toString()) }
        return texts.join('\n')
    }

    @NonCPS
    private static List<String> entries(Map environment) {
        environment.collect { name, value -> "${name}=${value == null ? '' : value}".toString() }
    }
}

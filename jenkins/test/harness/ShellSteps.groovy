package harness

import hudson.AbortException

/**
 * `sh`, `isUnix`, `sleep`.
 * Source: jenkinsci/workflow-durable-task-step-plugin:src/main/java/org/jenkinsci/plugins/workflow/steps/durable_task/DurableTaskStep.java (exit codes, interruption).
 */
class ShellSteps {
    private final Build build
    private int started = 0

    ShellSteps(Build build) {
        this.build = build
    }

    List<Step> getSteps() {
        [
            Step.of('sh', onNode: true, first: 'script', required: [script: String],
                optional: [encoding: String, label: String, returnStatus: boolean, returnStdout: boolean], this.&sh),
            Step.of('isUnix', onNode: true, synchronous: true) { Map given, StepCall call, Context context -> true },
            // Time that passes is no part of a spec.
            Step.of('sleep', first: 'time', required: [time: int], optional: [unit: FlowSteps.UNITS]) { Map given, StepCall call, Context context -> null },
        ]
    }

    private Object sh(Map given, StepCall call, Context context) {
        if (given.returnStatus && given.returnStdout) throw new Fault('sh: You may not select both returnStdout and returnStatus.')
        Interruption interruption = build.plan.during()
        Shell shell = new Shell(build.newFolder("sh/${++started}"), build.&writeLog)
        context.folder.mkdirs()
        shell.start(given.script.toString(), context.folder, build.processes.variables(context), given.returnStdout ?: false, build.processes.held + interruption.held)
        Integer code = build.processes.await(shell)
        build.plan.points.last().calls = shell.calls.list().count { it.number }
        code == null ? stopped(interruption, shell, given) : ended(code, shell, given)
    }

    /** A program of the script is held. */
    private Object stopped(Interruption interruption, Shell shell, Map given) {
        if (interruption.abort || build.plan.due) return interrupted(build.plan.abort(), shell, given)
        new Hung({ Throwable cause -> interrupted(cause, shell, given) })
    }

    private Object interrupted(Throwable cause, Shell shell, Map given) {
        build.writeLog('Sending interrupt signal to process')
        Integer code = shell.interrupt()
        build.processes.ended(shell)
        if (code == null) build.writeLog('After 20s process did not stop')
        if (code != 0) throw cause
        // A script that ends well in spite of the signal is a step that ended well: the pipeline goes on.
        value(code, shell, given)
    }

    private Object ended(int code, Shell shell, Map given) {
        if (code != 0 && !given.returnStatus) {
            if (given.returnStdout) shell.stdout.readLines().each { build.writeLog(it) }
            throw new AbortException("script returned exit code ${code}")
        }
        value(code, shell, given)
    }

    private Object value(int code, Shell shell, Map given) {
        if (given.returnStatus) return code
        given.returnStdout ? shell.stdout : null
    }
}

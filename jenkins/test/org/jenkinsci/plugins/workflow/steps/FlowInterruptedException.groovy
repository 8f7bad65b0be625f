package org.jenkinsci.plugins.workflow.steps

import hudson.model.Result

/** As Jenkins' own: somebody aborted the build, or a `timeout` ran out. */
final class FlowInterruptedException extends InterruptedException {
    final Result result
    /** The build shall end; false where a step ended what it holds, as `timeout` does. */
    final boolean actualInterruption
    final List<String> causes

    FlowInterruptedException(Result result, boolean actualInterruption = true, String... causes) {
        super(causes.join(', '))
        this.result = result
        this.actualInterruption = actualInterruption
        this.causes = causes as List<String>
    }
}

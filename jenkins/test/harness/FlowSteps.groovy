package harness

import com.cloudbees.groovy.cps.Outcome
import hudson.AbortException
import hudson.model.Result
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/**
 * Steps that hold other steps, and those that end a pipeline.
 * Source: jenkins.io/doc/pipeline/steps/workflow-basic-steps; jenkinsci/workflow-basic-steps-plugin:…/steps/{EnvStep,RetryStepExecution,CatchErrorStep,TimeoutStepExecution}.java
 * and its CHANGELOG.md (2021-08-16: a timeout is no actual interruption, so that a `retry` around it runs again), jenkinsci/workflow-cps-plugin:…/cps/steps/ParallelStep.java.
 */
class FlowSteps {
    static final List<String> UNITS = ['NANOSECONDS', 'MICROSECONDS', 'MILLISECONDS', 'SECONDS', 'MINUTES', 'HOURS', 'DAYS']
    static final List<String> RESULTS = ['SUCCESS', 'UNSTABLE', 'FAILURE', 'NOT_BUILT', 'ABORTED']
    private final Build build

    FlowSteps(Build build) {
        this.build = build
    }

    List<Step> getSteps() {
        [
            Step.of('echo', synchronous: true, first: 'message', required: [message: String]) { Map given, StepCall call, Context context ->
                given.message.toString().split('\n', -1).each { build.writeLog(it) }
                null
            },
            Step.of('error', synchronous: true, first: 'message', required: [message: String]) { Map given, StepCall call, Context context ->
                throw new AbortException(given.message.toString())
            },
            Step.of('unstable', synchronous: true, first: 'message', required: [message: String]) { Map given, StepCall call, Context context ->
                build.writeLog("WARNING: ${given.message}")
                build.worsen(Result.UNSTABLE)
                context.stage?.worsen(Result.UNSTABLE)
                null
            },
            Step.of('stage', block: true, first: 'name', required: [name: String], this.&stage),
            Step.of('timeout', block: true, first: 'time', required: [time: int], optional: [unit: UNITS, activity: boolean]) { Map given, StepCall call, Context context ->
                new Body(call.body, context.with(limited: true))
            },
            Step.of('timestamps', block: true) { Map given, StepCall call, Context context -> new Body(call.body, context) },
            Step.of('retry', block: true, first: 'count', required: [count: int], optional: [conditions: List], this.&retry),
            Step.of('withEnv', block: true, first: 'overrides', required: [overrides: List], this.&withEnv),
            Step.of('catchError', block: true,
                optional: [message: String, buildResult: RESULTS, stageResult: RESULTS, catchInterruptions: boolean], this.&catchError),
            Step.of('warnError', block: true, first: 'message', required: [message: String], optional: [catchInterruptions: boolean]) { Map given, StepCall call, Context context ->
                catchError([buildResult: 'UNSTABLE', stageResult: 'UNSTABLE'] + given, call, context)
            },
        ]
    }

    /** Its branches are named by the pipeline, so that it has no table. `failFast` is known, but cancels nothing here. */
    Branches parallel(StepCall call, Context context) {
        Map<String, Closure> bodies = [:]
        call.named.each { String name, Object value ->
            if (value instanceof Closure) bodies[name] = value
            else if (name != 'failFast' || !(value instanceof Boolean)) throw new Fault("Expected a closure or failFast but found ${name}=${value}")
        }
        if (call.named.empty || call.args.length != 1) throw new Fault('parallel: expected named branches')
        new Branches(bodies, bodies.collectEntries { String name, Closure body -> [(name): context.with(branch: name)] }, this.&joined)
    }

    private Object stage(Map given, StepCall call, Context context) {
        Stage stage = new Stage(given.name.toString())
        build.stages << stage
        new Body(call.body, context.with(stage: stage), { Outcome end -> if (end.abnormal) stage.worsen(Build.resultOf(end.abnormal)) })
    }

    private Object retry(Map given, StepCall call, Context context) {
        given.conditions?.each { Object condition ->
            String kind = Symbol.of(condition).name
            if (!(kind in ['agent', 'nonresumable', 'kubernetesAgent'])) throw new Fault("retry.conditions: ${kind} is no condition")
        }
        int left = given.count as int
        new Body(call.body, context, { Outcome end ->
            // With conditions, only the loss of an agent is tried again; that does not happen here.
            if (end.abnormal == null || isInterruption(end.abnormal) || given.conditions || --left == 0) return end
            build.writeLog("ERROR: ${end.abnormal.message}")
            build.writeLog('Retrying')
            new Again()
        })
    }

    /** Somebody ended the build; a `timeout` that ran out is a failure of what it holds. */
    private static boolean isInterruption(Throwable thrown) {
        thrown instanceof FlowInterruptedException && thrown.actualInterruption
    }

    private Object withEnv(Map given, StepCall call, Context context) {
        Map<String, String> variables = [:]
        given.overrides.each { Object pair ->
            String text = pair.toString()
            if (!text.contains('=')) throw new Fault("withEnv: ${text} is no NAME=value")
            variables[text.substring(0, text.indexOf('='))] = text.substring(text.indexOf('=') + 1)
        }
        new Body(call.body, context.with(variables: variables))
    }

    private Object catchError(Map given, StepCall call, Context context) {
        new Body(call.body, context, { Outcome end ->
            Throwable thrown = end.abnormal
            if (thrown == null) return new Outcome(null, null)
            if (isInterruption(thrown) && given.catchInterruptions == false) return end
            if (given.message) build.writeLog("ERROR: ${given.message}")
            build.writeLog("ERROR: ${thrown.message}")
            Result ofBuild = thrown instanceof FlowInterruptedException ? thrown.result : Result.fromString((given.buildResult ?: 'FAILURE').toString())
            Result ofStage = thrown instanceof FlowInterruptedException ? thrown.result : Result.fromString((given.stageResult ?: 'SUCCESS').toString())
            build.worsen(ofBuild)
            context.stage?.worsen(ofStage)
            new Outcome(null, null)
        })
    }

    /** What fails a `parallel`: the first failure, an interruption only if nothing else failed. */
    private Outcome joined(Map<String, Outcome> ends) {
        List<Throwable> failures = ends.values()*.abnormal.findAll { it != null }.unique { System.identityHashCode(it) } as List<Throwable>
        if (failures.empty) return new Outcome(ends.collectEntries { String name, Outcome end -> [(name): end.normal] }, null)
        List<Throwable> ordered = failures.sort(false) { it instanceof FlowInterruptedException ? 2 : it instanceof AbortException ? 1 : 0 }
        ordered.tail().each { ordered.first().addSuppressed(it) }
        new Outcome(null, ordered.first())
    }
}

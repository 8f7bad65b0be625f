package harness

import com.cloudbees.groovy.cps.Outcome
import hudson.AbortException
import hudson.model.Result
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/**
 * Steps that wait for something of Jenkins: a node, a lock, older builds, a person.
 * Source: jenkins.io/doc/pipeline/steps: lockable-resources, pipeline-milestone-step; plugins.jenkins.io/pipeline-input-step;
 * jenkinsci/lockable-resources-plugin:…/LockStep.java, jenkinsci/pipeline-milestone-step-plugin:…/MilestoneStepExecution.java, jenkinsci/pipeline-input-step-plugin:…/InputStepExecution.java.
 */
class QueueSteps {
    private static final Map PARAMETERS = [
        string: [String], text: [String], password: [String], booleanParam: [Boolean], choice: [String],
    ]
    private final Build build
    private final Set<String> locked = []
    private Integer lastMilestone = null

    QueueSteps(Build build) {
        this.build = build
    }

    List<Step> getSteps() {
        [
            Step.of('node', block: true, first: 'label', optional: [label: String], this.&node),
            Step.of('lock', block: true, first: 'resource',
                optional: [resource: String, label: String, quantity: int, inversePrecedence: boolean, extra: List], this.&lock),
            Step.of('milestone', synchronous: true, first: 'ordinal', optional: [ordinal: int, label: String, unsafe: boolean], this.&milestone),
            Step.of('input', first: 'message', required: [message: String],
                optional: [id: String, ok: String, cancel: String, submitter: String, submitterParameter: String, parameters: List], this.&input),
        ]
    }

    private Object node(Map given, StepCall call, Context context) {
        String label = given.label ?: 'any'
        File workspace = build.nodes.take()
        Map<String, String> variables = [
            NODE_NAME: "${label}-${build.workspaces.size()}".toString(), NODE_LABELS: label, EXECUTOR_NUMBER: '0', WORKSPACE: workspace.path, WORKSPACE_TMP: "${workspace.path}@tmp".toString(),
        ]
        new Body(call.body, context.with(node: label, workspace: workspace, folder: workspace, variables: variables),
            { Outcome end -> build.nodes.giveBack(workspace); end })
    }

    private Object lock(Map given, StepCall call, Context context) {
        if (!given.resource && !given.label) throw new AbortException('Either resource label or resource name must be specified.')
        String name = given.resource ?: "label ${given.label}"
        if (name in context.locks) throw new Fault("lock: ${name} is held by this very branch; it would wait for itself")
        if (name in locked) return new Waiting({ !(name in locked) })
        locked << name
        new Body(call.body, context.with(lock: name), { Outcome end -> locked.remove(name); end })
    }

    private Object milestone(Map given, StepCall call, Context context) {
        if (context.inBranch && !given.unsafe) throw new Fault('Using a milestone step inside parallel is not allowed')
        int ordinal = given.ordinal == null ? (lastMilestone == null ? 0 : lastMilestone + 1) : given.ordinal as int
        if (lastMilestone != null && lastMilestone >= ordinal) throw new Fault("Invalid ordinal ${ordinal}, as the previous one was ${lastMilestone}")
        lastMilestone = ordinal
        build.writeLog("Trying to pass milestone ${ordinal}")
        null
    }

    private Object input(Map given, StepCall call, Context context) {
        List<Symbol> parameters = (given.parameters ?: []).collect { Symbol.of(it) }
        parameters.each { if (!PARAMETERS.containsKey(it.name)) throw new Fault("input.parameters: ${it.name} is none of ${PARAMETERS.keySet().join(', ')}") }
        if (build.answers.empty) throw new Fault("input: nobody answers '${given.message}'; the spec says who with build.answerInput(…)")
        Map<String, Object> answer = build.answers.remove(0)
        if (answer == null) throw new FlowInterruptedException(Result.ABORTED, 'Rejected by somebody')
        checkAnswer(given, parameters, answer)
        // As Jenkins: nothing for no value, the value itself for one, a map for more.
        answer.size() > 1 ? new LinkedHashMap(answer) : answer.values().find()
    }

    private void checkAnswer(Map given, List<Symbol> parameters, Map<String, Object> answer) {
        List<String> expected = parameters*.arguments*.name + (given.submitterParameter ? [given.submitterParameter] : [])
        if (answer.keySet() != (expected*.toString() as Set)) throw new Fault("input asks for ${expected}, the answer gives ${answer.keySet()}")
        parameters.each { Symbol parameter ->
            Object value = answer[parameter.arguments.name.toString()]
            if (parameter.name == 'choice') Type.check("input ${parameter.arguments.name}", parameter.arguments.choices.collect { it.toString() }, value)
            else Type.check("input ${parameter.arguments.name}", PARAMETERS[parameter.name].first(), value)
        }
        List<String> submitters = given.submitter?.toString()?.tokenize(', ') ?: []
        Object who = given.submitterParameter ? answer[given.submitterParameter.toString()] : null
        if (submitters && who && !(who in submitters)) throw new Fault("input: You need to be ${given.submitter} to submit this; ${who} is not")
    }
}

/** What a step gives that waits for another branch; it is asked again. */
class Waiting {
    final Closure<Boolean> over

    Waiting(Closure<Boolean> over) {
        this.over = over
    }
}

/** What a step gives that never ends by itself. */
class Hung {
    /** Stops it for a reason; gives its value or throws. */
    final Closure stop

    Hung(Closure stop = { Throwable cause -> throw cause }) {
        this.stop = stop
    }
}

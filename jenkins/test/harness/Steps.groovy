package harness

/** The steps that there are, and those that were performed. */
class Steps {
    private final Map<String, Step> known
    private final Build build
    private final Map<String, List<Closure>> hooks = [:].withDefault { [] }
    private final FlowSteps flow
    final List<Performed> performed = []

    Steps(Build build) {
        this.build = build
        flow = new FlowSteps(build)
        known = [flow, new ShellSteps(build), new QueueSteps(build), new CredentialSteps(build), new FileSteps(build), new SourceSteps(build), new ReportSteps(build)]
            .collectMany { it.steps }.collectEntries { Step step -> [(step.name): step] }
    }

    /** A step that ends at once, which no abort reaches; an unknown one is refused later. */
    boolean synchronous(String name) {
        !known.containsKey(name) || known[name].synchronous
    }

    void on(String name, Closure action) {
        if (!known.containsKey(name)) throw new Fault("onStep: ${name} is no step")
        hooks[name] << action
    }

    /** @return what the step gives @throws Fault when Jenkins would refuse it, or a secret is among its arguments */
    Object perform(StepCall call, Context context) {
        build.canaries.checkArgument("an argument of ${call.name}", call.args as List)
        if (call.name == 'parallel') {
            performed << new Performed(call, call.named, context)
            return flow.parallel(call, context)
        }
        Step step = known[call.name]
        if (step == null) throw new Fault("No such DSL method '${call.name}' found among steps ${known.keySet().sort()}")
        Map<String, Object> arguments = step.arguments(call, context)
        performed << new Performed(call, arguments, context)
        if (hooks.containsKey(call.name)) hooks[call.name].each { it.call(call, context) }
        Hung hung = step.synchronous ? null : build.plan.before(call)
        hung ?: step.act.call(arguments, call, context)
    }

    /** Performs a step once more that waited for another branch. */
    Object resume(StepCall call, Context context) {
        Step step = known[call.name]
        step.act.call(step.arguments(call, context), call, context)
    }
}

package harness.declarative

/** What a declarative pipeline or stage stands in: an agent, an environment, options, an answer. It is pipeline code: see `Interpreter`. */
class Surroundings implements Serializable {
    private final Object steps
    private final Object report

    Surroundings(Object steps, Object report) {
        this.steps = steps
        this.report = report
    }

    /** @param stage null: the pipeline's own agent */
    void onAgent(Map agent, Map options, Map stage, Closure body) {
        if (agent == null || agent.type == 'none') {
            body.call()
        } else if (agent.type == 'any') {
            steps.node { checkedOut(options, stage, body) }
        } else {
            steps.node(agent.label.call()) { checkedOut(options, stage, body) }
        }
    }

    private void checkedOut(Map options, Map stage, Closure body) {
        Map variables = null
        if (report.checksOut(options)) {
            if (stage == null) steps.stage('Declarative: Checkout SCM') { variables = steps.checkout(steps.scm) }
            else variables = steps.checkout(steps.scm)
        }
        if (variables) steps.withEnv(report.assignments(variables)) { body.call() }
        else body.call()
    }

    void inEnvironment(Map environment, Closure body) {
        List bindings = []
        environment?.credentials?.each { Map variable -> bindings.addAll(report.bindings(variable.name, variable.value.call())) }
        if (bindings) steps.withCredentials(bindings) { assigned(environment?.values, 0, body) }
        else assigned(environment?.values, 0, body)
    }

    /** Each variable sees those above it. */
    private void assigned(List variables, int index, Closure body) {
        if (variables == null || index == variables.size()) {
            body.call()
            return
        }
        Map variable = variables[index]
        steps.withEnv(["${variable.name}=${variable.value.call()}"]) { assigned(variables, index + 1, body) }
    }

    /** In the steps of `options`, in their order. */
    void wrapped(List wrappers, Closure body) {
        wrappedFrom(wrappers, 0, body)
    }

    private void wrappedFrom(List wrappers, int index, Closure body) {
        if (wrappers == null || index == wrappers.size()) {
            body.call()
            return
        }
        Map wrapper = wrappers[index]
        List arguments = wrapper.arguments.call()
        if (arguments) steps."${wrapper.name}"(arguments[0]) { wrappedFrom(wrappers, index + 1, body) }
        else steps."${wrapper.name}"() { wrappedFrom(wrappers, index + 1, body) }
    }

    void afterInput(Map input, Closure body) {
        if (input == null) {
            body.call()
            return
        }
        Map arguments = input.arguments.call()
        Object submitted = steps.input(arguments)
        List assignments = report.submitted(submitted, input.parameters, arguments.submitterParameter)
        if (assignments) steps.withEnv(assignments) { body.call() }
        else body.call()
    }
}

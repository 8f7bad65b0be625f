package harness

/** A step of Jenkins: its signature, and what it does here. What Jenkins only warns of, or refuses while it runs, is a fault. */
class Step {
    final String name
    /** Type by parameter: a class, or the list of the values. */
    final Map<String, Object> required
    final Map<String, Object> optional
    /** The parameter whose value may stand without its name, or null. */
    final String first
    /** It takes a body. */
    final boolean block
    /** It works in a folder of a node. */
    final boolean onNode
    /** It waits for nothing, so that no abort reaches it. */
    final boolean synchronous
    /** (arguments, call, context) → its value, a `Body`, `Branches`, `Waiting` or `Hung`. */
    final Closure act

    static Step of(Map signature, String name, Closure act) {
        new Step(signature, name, act)
    }

    private Step(Map signature, String name, Closure act) {
        this.name = name
        this.act = act
        required = (signature.required ?: [:]) as Map<String, Object>
        optional = (signature.optional ?: [:]) as Map<String, Object>
        first = signature.first
        block = signature.block ?: false
        onNode = signature.onNode ?: false
        synchronous = signature.synchronous ?: false
    }

    /** @return arguments by name @throws Fault */
    Map<String, Object> arguments(StepCall call, Context context) {
        List<Object> given = call.args as List<Object>
        if (given && given.last() instanceof Closure) {
            if (!block) throw new Fault("${name}: takes no body")
            given = given.init()
        } else if (block) {
            throw new Fault("There is no body to invoke: ${name}")
        }
        if (given.size() > 1) throw new Fault("${name}: Expected named arguments but got ${given}")
        Map<String, Object> arguments = named(given)
        check(arguments)
        if (onNode && context.folder == null) {
            throw new Fault('Required context class hudson.FilePath is missing\n' +
                "Perhaps you forgot to surround the ${name} step with a step that provides this, such as: node")
        }
        arguments
    }

    private Map<String, Object> named(List<Object> given) {
        if (given.empty) return [:]
        Object value = given.first()
        if (value instanceof Map && !value.containsKey('$class')) return value as Map<String, Object>
        if (first == null) throw new Fault("${name}: Expected named arguments but got ${given}")
        [(first): value] as Map<String, Object>
    }

    private void check(Map<String, Object> arguments) {
        Map<String, Object> parameters = required + optional
        arguments.each { String parameter, Object value ->
            if (!parameters.containsKey(parameter)) {
                throw new Fault("Unknown parameter(s) found for step ${name}: ${parameter}; it knows ${parameters.keySet().join(', ')}")
            }
            Type.check("${name}.${parameter}", parameters[parameter], value)
        }
        required.keySet().each { String parameter ->
            if (arguments[parameter] == null) throw new Fault("${name}: missing required parameter ${parameter}")
        }
    }
}

/** Types of parameters. */
class Type {
    /** @param type a class, or the list of the values @throws Fault naming what was expected */
    static void check(String where, Object type, Object value) {
        if (type instanceof List) {
            if (!(value?.toString() in type)) throw new Fault("${where}: ${value} is none of ${type.join(', ')}")
        } else if (!fits(type as Class, value)) {
            throw new Fault("${where}: expected ${(type as Class).simpleName}, got ${value?.getClass()?.simpleName} ${value}")
        }
    }

    private static boolean fits(Class type, Object value) {
        switch (type) {
            case boolean: return value instanceof Boolean
            case int: return value instanceof Integer || value instanceof Long
            case String: return value == null || value instanceof CharSequence
            default: return value == null || type.isInstance(value)
        }
    }
}

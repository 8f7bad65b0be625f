package harness

/** A pipeline that waits for a step: what it called, with what. It is serialized with the pipeline. */
class StepCall implements Serializable {
    final String name
    final Object[] args

    StepCall(String name, Object[] args) {
        this.name = name
        this.args = args
    }

    /** Named arguments, or none. */
    Map<String, Object> getNamed() {
        args.length > 0 && args[0] instanceof Map ? args[0] as Map<String, Object> : [:]
    }

    /** The closure that a step wraps, or nothing. */
    Closure getBody() {
        args.length > 0 && args[-1] instanceof Closure ? args[-1] as Closure : null
    }

    /** Positional arguments without the body. */
    List<Object> getPositional() {
        args.findAll { !(it instanceof Closure) && !(it instanceof Map) } as List<Object>
    }
}

/** A value that Jenkins makes of a name and arguments without performing anything: `string(credentialsId: …)`, `choice(…)`, `scmGit(…)`. */
class Symbol implements Serializable {
    final String name
    final Map<String, Object> arguments

    Symbol(String name, Map<String, Object> arguments) {
        this.name = name
        this.arguments = arguments
    }

    /** @return what a symbol or a map with `$class` says, `$class` or the symbol's name as `kind` */
    static Symbol of(Object given) {
        if (given instanceof Symbol) return given
        Map map = given instanceof Map ? new LinkedHashMap(given) : [:]
        if (!map['$class']) throw new Fault("expected a symbol or a map with \$class, got ${given}")
        String kind = map.remove('$class')
        new Symbol(kind.substring(kind.lastIndexOf('.') + 1), map)
    }

    @Override
    String toString() {
        "${name}(${arguments})"
    }
}

/** A step that was performed, for a spec to judge. */
class Performed {
    final String name
    /** Arguments by their names, the one that may stand without a name, too. */
    final Map<String, Object> arguments
    final Context context
    private final StepCall call

    Performed(StepCall call, Map<String, Object> arguments, Context context) {
        name = call.name
        this.call = call
        this.arguments = arguments
        this.context = context
    }

    Map<String, Object> getNamed() {
        call.named
    }

    List<Object> getPositional() {
        call.positional
    }

    String getNode() {
        context.node
    }

    File getFolder() {
        context.folder
    }

    List<String> getLocks() {
        context.locks
    }

    List<String> getStages() {
        context.stages
    }

    @Override
    String toString() {
        "${name}${arguments}"
    }
}

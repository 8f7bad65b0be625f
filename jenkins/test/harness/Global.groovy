package harness

/** An object that Jenkins gives a pipeline: `env`, `currentBuild`, `steps`. It is no part of the pipeline's state. */
abstract class Global {
    /** A method, because properties of `env` are variables. */
    abstract String called()
}

/** `env`: variables as the step's place has them; a value that is set holds for the whole build. */
class EnvironmentGlobal extends Global {
    private final Build build

    EnvironmentGlobal(Build build) {
        this.build = build
    }

    @Override
    String called() {
        'env'
    }

    @Override
    Object getProperty(String key) {
        Machine.current().context.variables(build)[key]
    }

    Object getAt(String key) {
        getProperty(key)
    }

    @Override
    void setProperty(String key, Object value) {
        build.canaries.checkArgument("env.${key}", value)
        if (value == null) build.variables.remove(key)
        else build.variables[key] = value.toString()
    }

    void putAt(String key, Object value) {
        setProperty(key, value)
    }
}

/** `steps`: steps by name, for those who hold no script. */
class StepsGlobal extends Global {
    @Override
    String called() {
        'steps'
    }

    @Override
    Object invokeMethod(String step, Object args) {
        Machine.current().step(step, args as Object[])
    }
}

/** `params`: parameters of the build. */
class ParametersGlobal extends Global {
    private final Build build

    ParametersGlobal(Build build) {
        this.build = build
    }

    @Override
    String called() {
        'params'
    }

    @Override
    Object getProperty(String key) {
        build.parameters[key]
    }

    Object getAt(String key) {
        build.parameters[key]
    }

    boolean containsKey(String key) {
        build.parameters.containsKey(key)
    }
}

/** `scm`: what `checkout scm` checks out. */
class ScmGlobal extends Global implements Map<String, Object> {
    @Delegate
    private final Map<String, Object> given

    ScmGlobal(Map<String, Object> given) {
        this.given = given
    }

    @Override
    String called() {
        'scm'
    }
}

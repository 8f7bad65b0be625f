package slipway.delivery

/** The caller's own code at the joints of a delivery. */
class Hooks implements Serializable {
    private final Map<String, Closure> closures

    Hooks(Map<String, Closure> closures) {
        this.closures = closures
    }

    void run(String name) {
        Closure hook = closures[name]
        if (hook != null) hook.call()
    }

    void run(String name, Object fact) {
        Closure hook = closures[name]
        if (hook != null) hook.call(fact)
    }
}

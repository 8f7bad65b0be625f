package hudson.model

/** As Jenkins' own: how a build ended. */
final class Result implements Serializable {
    static final Result SUCCESS = new Result('SUCCESS', 0)
    static final Result UNSTABLE = new Result('UNSTABLE', 1)
    static final Result FAILURE = new Result('FAILURE', 2)
    static final Result NOT_BUILT = new Result('NOT_BUILT', 3)
    static final Result ABORTED = new Result('ABORTED', 4)

    private final String name
    private final int ordinal

    private Result(String name, int ordinal) {
        this.name = name
        this.ordinal = ordinal
    }

    static Result fromString(String name) {
        [SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED].find { it.name == name } ?:
            { throw new IllegalArgumentException("no result is called ${name}") }()
    }

    boolean isWorseThan(Result other) {
        ordinal > other.ordinal
    }

    private Object readResolve() {
        fromString(name)
    }

    @Override
    String toString() {
        name
    }
}

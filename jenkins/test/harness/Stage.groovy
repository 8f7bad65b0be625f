package harness

import hudson.model.Result

/** A stage that began. */
class Stage {
    final String name
    private Result result = Result.SUCCESS

    Stage(String name) {
        this.name = name
    }

    /** SUCCESS, UNSTABLE, FAILURE, NOT_BUILT, ABORTED. */
    String getStatus() {
        result.toString()
    }

    void worsen(Result other) {
        if (other.isWorseThan(result)) result = other
    }

    @Override
    String toString() {
        "${name}: ${status}"
    }
}

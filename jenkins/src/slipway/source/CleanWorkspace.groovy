package slipway.source

import slipway.Arguments

/** Step `cleanWorkspace`. */
class CleanWorkspace implements Serializable {
    static final String STEP = 'cleanWorkspace'
    static final String SAYS = 'Empties the workspace. A file that cannot be deleted is named in the log and fails nothing.'
    static final Map ARGUMENTS = [:]

    private final def steps

    CleanWorkspace(def steps) {
        this.steps = steps
    }

    /** At once, and not later in the background: the next build may start in this folder. */
    void run(Map given) {
        Arguments.read(steps, STEP, ARGUMENTS, given)
        steps.cleanWs(deleteDirs: true, disableDeferredWipeout: true, notFailBuild: true)
    }
}

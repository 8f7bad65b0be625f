package slipway.checks

import slipway.Arguments

/** Step `runTests`. */
class RunTests implements Serializable {
    static final String STEP = 'runTests'
    static final String SAYS = 'Runs the tests. Their JUnit reports are published, and those of failed tests, too.'
    static final Map ARGUMENTS = [
        command: [type: String, byDefault: 'npm ci && npm test', says: 'what runs them, in `sh -xe`: the caller\'s own shell text'],
        reports: [type: String, byDefault: '', says: 'JUnit reports that the tests write, an Ant pattern; none then fails the build. Empty: they write none', example: "'build/junit/*.xml'"],
        timeoutMinutes: [type: Integer, byDefault: 60, min: 1, says: 'deadline, minutes'],
    ]

    private final def steps

    RunTests(def steps) {
        this.steps = steps
    }

    void run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        try {
            steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') {
                steps.sh(label: 'tests', script: options.command)
            }
        } catch (Throwable failure) {
            // What failed before any report was written is told, not the missing report.
            publish(options.reports, true)
            throw failure
        }
        publish(options.reports, false)
    }

    private void publish(String reports, boolean missingAllowed) {
        if (reports) steps.junit(testResults: reports, allowEmptyResults: missingAllowed)
    }
}

package slipway.release

import slipway.Arguments

/** Step `detectDrift`. */
class DetectDrift implements Serializable {
    static final String STEP = 'detectDrift'
    static final String SAYS = 'Compares the cluster with the release that runs, and changes nothing. ' +
        'Returns true if they differ: the build is unstable then, and drift-<environment>.txt says what, and who did it.'
    static final Map ARGUMENTS = [
        environment: [type: String, required: true, pattern: Slipway.NAME, says: 'environment of dist/', example: "'production'"],
        kubeconfig: [type: String, byDefault: '', says: 'id of the secret file with the deployer\'s kubeconfig; empty: kubeconfig-<environment>'],
        folder: [type: String, byDefault: '.', says: 'checkout of the charts, below the workspace, with its packages installed'],
        timeoutMinutes: [type: Integer, byDefault: 10, min: 1, says: 'deadline, minutes'],
    ]

    private final def steps

    DetectDrift(def steps) {
        this.steps = steps
    }

    boolean run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        String environment = options.environment
        String report = 'drift-' + environment + '.txt'
        Slipway slipway = new Slipway(steps, options)
        Map call = slipway.run(['drift', environment], options.timeoutMinutes, [answer: report])
        steps.echo(call.text)
        if (call.code == 0) return false
        // Node.js ends with 1, too, where it cannot start slipway at all.
        if (call.code != 1 || !call.text.trim()) steps.error("detectDrift: ${environment} could not be judged; the log above says why. Next: put right what it names")
        slipway.keep(report)
        steps.unstable("detectDrift: ${environment} is not as it was released. Next: undo what was done by hand, or put it into the charts and deploy")
        return true
    }
}

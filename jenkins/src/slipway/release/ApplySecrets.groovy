package slipway.release

import com.cloudbees.groovy.cps.NonCPS
import slipway.Arguments

/** Step `applySecrets`. */
class ApplySecrets implements Serializable {
    static final String STEP = 'applySecrets'
    static final String SAYS = 'Writes credentials of Jenkins into the Secrets of an environment, and restarts who read older values. ' +
        'A value that is there already is no change. Returns the outcome of `slipway secrets` as a map, names only.'
    static final Map ARGUMENTS = [
        environment: [type: String, required: true, pattern: Slipway.NAME, says: 'environment of dist/', example: "'production'"],
        values: [type: List, required: true, of: [
            secret: [type: String, required: true, says: 'Secret', example: "'redis'"],
            key: [type: String, required: true, says: 'key of the Secret', example: "'chat_password'"],
            credentialsId: [type: String, required: true, says: 'id of the secret text', example: "'redis-password'"],
        ], says: 'which credential is the value of which key; what is not named stays as it is', example: "[[secret: 'redis', key: 'chat_password', credentialsId: 'redis-password']]"],
        kubeconfig: [type: String, byDefault: '', says: 'id of the secret file with the deployer\'s kubeconfig; empty: kubeconfig-<environment>'],
        folder: [type: String, byDefault: '.', says: 'checkout of the charts, below the workspace, with its packages installed'],
        timeoutMinutes: [type: Integer, byDefault: 5, min: 1, says: 'minutes for all restarts together'],
    ]
    /** Minutes beyond the restarts: asking, checking, writing. */
    private static final int BEYOND = 5

    private final def steps

    ApplySecrets(def steps) {
        this.steps = steps
    }

    Map run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        if (isAmbiguous(options.values)) {
            steps.error('applySecrets.values: two of them stand for one variable of slipway; expected each key once, and in one call no two whose names differ in signs alone. Next: apply them one after the other')
        }
        List bindings = options.values.collect { steps.string(credentialsId: it.credentialsId, variable: variableOf(it)) }
        List<String> words = ['secrets', options.environment, '--timeout', options.timeoutMinutes + 'm', '--json']
        Map call = new Slipway(steps, options).run(words, options.timeoutMinutes + BEYOND, [secrets: bindings])
        if (call.code != 0) {
            steps.error("applySecrets: ${options.environment}: slipway secrets ended with exit code ${call.code}: refused with nothing written, or what was written does not run yet; the log above says which. Next: put right what it names and build again, it goes on where it stopped")
        }
        return call.answer
    }

    @NonCPS
    private static boolean isAmbiguous(List<Map> values) {
        values.collect { variableOf(it) }.toSet().size() < values.size()
    }

    /** As slipway names it (tools/deploy/secrets/given.ts: variableOf). */
    @NonCPS
    private static String variableOf(Map value) {
        'SLIPWAY_SECRET_' + "${value.secret}_${value.key}".toString().toUpperCase().replaceAll('[^A-Z0-9]', '_')
    }
}

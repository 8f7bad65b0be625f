package slipway.release

import com.cloudbees.groovy.cps.NonCPS

/** What runs in an environment, to go back to. */
class Running implements Serializable {
    private static final int MINUTES = 5

    private final def steps
    private final Map options

    /** @param options environment, folder, and kubeconfig (empty or missing: kubeconfig-<environment>) */
    Running(def steps, Map options) {
        this.steps = steps
        this.options = options
    }

    /** The newest revision that ran as it should; empty before a first release, and after an uninstall. */
    String revision() {
        Map call = new Slipway(steps, options).run(['history', options.environment, '--json'], MINUTES)
        if (call.code != 0) {
            steps.error("${options.environment}: nobody could say what runs, so that nobody could go back to it; the log above says why. Next: put right what it names")
        }
        return newestGood(call.answer)
    }

    /** As slipway chooses what to go back to (tools/deploy/release/record.ts: lastGood). */
    @NonCPS
    private static String newestGood(List<Map> history) {
        List<Map> since = history.drop(history.findLastIndexOf { it.status.startsWith('uninstall') } + 1).reverse()
        Map good = since.find { it.status == 'deployed' } ?: since.find { it.status == 'superseded' }
        good ? good.revision.toString() : ''
    }
}

package slipway.release

import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import slipway.Arguments

/** Step `deployManifests`. */
class DeployManifests implements Serializable {
    static final String STEP = 'deployManifests'
    static final String SAYS = 'Deploys what dist/<environment> holds, waits until it runs, and puts everything back if it does not. ' +
        'Returns the outcome of `slipway deploy` as a map: result (deployed, unchanged; dry-run), revision, commit, notes.'
    static final Map ARGUMENTS = [
        environment: [type: String, required: true, pattern: Slipway.NAME, says: 'environment of dist/', example: "'production'"],
        kubeconfig: [type: String, byDefault: '', says: 'id of the secret file with the deployer\'s kubeconfig; empty: kubeconfig-<environment>'],
        dryRun: [type: Boolean, byDefault: false, says: 'ask the cluster what would change, keep that as diff-<environment>.txt, and change nothing'],
        timeoutMinutes: [type: Integer, byDefault: 15, min: 1, says: 'minutes until everything has to run; more than the progress deadline of each Deployment'],
        folder: [type: String, byDefault: '.', says: 'checkout of the charts, below the workspace'],
    ]

    private final def steps

    DeployManifests(def steps) {
        this.steps = steps
    }

    Map run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        Slipway slipway = new Slipway(steps, options)
        return options.dryRun ? ask(slipway, options) : deploy(slipway, options)
    }

    private Map ask(Slipway slipway, Map options) {
        String diff = 'diff-' + options.environment + '.txt'
        Outcome outcome = outcome(slipway, options, '--dry-run', [told: diff])
        slipway.keep(diff)
        return good(outcome)
    }

    /** An abort is nothing special: slipway puts back what ran when it is told to end, and whoever waits for this step learns of the abort. */
    private Map deploy(Slipway slipway, Map options) {
        try {
            return good(outcome(slipway, options, '--yes', [:]))
        } catch (Exception ended) {
            explain(slipway)
            throw ended
        }
    }

    /** What ended the deploy counts, not that its explanation could not be kept; but an abort of this is an abort. */
    private void explain(Slipway slipway) {
        try {
            slipway.keep('**')
        } catch (FlowInterruptedException interrupted) {
            throw interrupted
        } catch (Exception problem) {
            steps.echo("deployManifests: diagnostics/ could not be kept: ${problem.message}")
        }
    }

    private Outcome outcome(Slipway slipway, Map options, String consent, Map files) {
        List<String> words = ['deploy', options.environment, consent, '--timeout', options.timeoutMinutes + 'm', '--json']
        return new Outcome(STEP, options.environment, slipway.run(words, options.timeoutMinutes + Slipway.BEYOND, files))
    }

    private Map good(Outcome outcome) {
        if (!outcome.isGood()) steps.error(outcome.problem())
        return outcome.answer
    }
}

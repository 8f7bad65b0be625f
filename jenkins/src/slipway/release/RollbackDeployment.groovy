package slipway.release

import slipway.Arguments

/** Step `rollbackDeployment`. */
class RollbackDeployment implements Serializable {
    static final String STEP = 'rollbackDeployment'
    static final String SAYS = 'Goes back to an earlier release, all of it, and verifies it. git stays as it is. ' +
        'Returns the outcome of `slipway rollback` as a map; to a revision that runs already there is nothing to do, and result is unchanged.'
    static final Map ARGUMENTS = [
        environment: [type: String, required: true, pattern: Slipway.NAME, says: 'environment of dist/', example: "'production'"],
        revision: [type: String, byDefault: '', pattern: '[1-9][0-9]{0,5}|', says: 'revision of `slipway history`; empty: the newest that ran and holds something else than what runs. Name it where a deploy may have gone back already: empty goes one further', example: "'12'"],
        kubeconfig: [type: String, byDefault: '', says: 'id of the secret file with the deployer\'s kubeconfig; empty: kubeconfig-<environment>'],
        timeoutMinutes: [type: Integer, byDefault: 15, min: 1, says: 'minutes until everything has to run'],
        folder: [type: String, byDefault: '.', says: 'checkout of the charts, below the workspace'],
    ]

    private final def steps

    RollbackDeployment(def steps) {
        this.steps = steps
    }

    /**
     * Safe after a deploy that has put things back itself: where the cluster is as that revision has it, slipway changes nothing
     * (tools/deploy/rollback.ts: isEqual). What was left half-way is taken back first. A deploy that Jenkins no longer waits for is waited
     * for (resources/slipway/slipway.sh), because one of two that work at a time is refused.
     */
    Map run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        List<String> words = ['rollback', options.environment]
        if (options.revision) words.add(options.revision)
        words.addAll(['--yes', '--timeout', options.timeoutMinutes + 'm', '--json'])
        Outcome outcome = new Outcome(STEP, options.environment, new Slipway(steps, options).run(words, options.timeoutMinutes + Slipway.BEYOND))
        if (!outcome.isGood()) steps.error(outcome.problem())
        return outcome.answer
    }
}

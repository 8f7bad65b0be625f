package slipway.delivery

import slipway.release.Running
import slipway.source.Charts

/**
 * One release to one environment: pins, approval, deploy, and only then the commit. What main names has run.
 * Older builds never overtake newer ones (milestones), and no two builds work on an environment at a time (lock).
 */
class Release implements Serializable {
    private static final int ATTEMPTS = 3

    private final def steps
    private final Map options
    private final String environment
    /** `tag@digest` by application; empty where only charts changed. */
    private final Map<String, String> pins
    private final Charts charts
    private final Hooks hooks

    Release(def steps, Map options, String environment, Map<String, String> pins, Charts charts) {
        this.steps = steps
        this.options = options
        this.environment = environment
        this.pins = pins
        this.charts = charts
        hooks = new Hooks(options.hooks)
    }

    /** @return what came of it, in words @throws whatever failed, after what ran before runs again */
    String run() {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            String ended = tryOnce()
            if (ended != null) return ended
            steps.echo("${environment}: ${options.charts.url} moved meanwhile; starting over (${attempt} of ${ATTEMPTS})")
        }
        steps.error("deliver: ${options.charts.url} moved ${ATTEMPTS} times while ${environment} was released; what ran before runs. Next: build again when it is quiet there")
        return null
    }

    /** @return null where the charts of another repository moved, so that it has to be done again */
    private String tryOnce() {
        steps.milestone()
        Map proposed = [:]
        onNode { proposed = propose() }
        if (!proposed.differs && !proposed.pinned) return "${environment}: nothing to deliver"
        Map approval = proposed.differs ? approve() : [:]
        steps.milestone()
        String ended = null
        steps.lock(resource: "slipway-${environment}", inversePrecedence: true) {
            steps.milestone()
            onNode { ended = carryOut(proposed, approval) }
        }
        return ended
    }

    /** What would be released, and whether the cluster differs from it. */
    private Map propose() {
        Map prepared = prepare(charts.source())
        Map outcome = steps.deployManifests(arguments(dryRun: true))
        return prepared + [differs: outcome.result != 'unchanged']
    }

    private Map approve() {
        if (!isApprovalNeeded()) return [:]
        Map approval = new Approval(steps, options.approvers, options.approvalHours).ask(environment, words())
        describe("${environment}: approved by ${approval.APPROVER}: ${approval.REASON}")
        return approval
    }

    /** Under the lock: from the newest charts, if these give the very bytes that were proposed. */
    private String carryOut(Map proposed, Map approval) {
        Map prepared = prepare(charts.newest())
        if (prepared.hash != proposed.hash) return overtaken()
        if (isApprovalNeeded() && !approval && steps.deployManifests(arguments(dryRun: true)).result != 'unchanged') {
            steps.error("deliver: somebody changed ${environment} since it was looked at, so that nobody approved what would be done now. Next: build again")
        }
        hooks.run('beforeDeploy', environment)
        String before = new Running(steps, [environment: environment, folder: charts.folder]).revision()
        try {
            Map outcome = steps.deployManifests(arguments([:]))
            hooks.run('afterDeploy', environment)
            return record(prepared, outcome, approval, before)
        } catch (Throwable problem) {
            if (!charts.isPushed()) goBack(before)
            throw problem
        }
    }

    /** Pins and synthesizes in a checkout at that revision. @return hash of what would be applied, and whether git differs from it */
    private Map prepare(String revision) {
        charts.open(revision)
        if (pins) steps.pinImage(environment: environment, pins: pins, registry: options.registry, folder: charts.folder)
        steps.synthManifests(write: true, folder: charts.folder)
        return [hash: charts.distHash(environment), pinned: charts.isChanged()]
    }

    /** Commits and pushes what runs. Where somebody else pushed first, only what gives the same bytes is pushed on top of it. */
    private String record(Map deployed, Map outcome, Map approval, String before) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (!charts.commit(message(outcome, approval))) return "${environment}: runs revision ${outcome.revision}; nothing to commit"
            if (charts.push()) return "${environment}: runs revision ${outcome.revision}; committed"
            if (prepare(charts.newest()).hash != deployed.hash) {
                if (!charts.isOwn()) goBack(before)
                return overtaken()
            }
        }
        steps.error("deliver: ${environment} was deployed, but ${ATTEMPTS} pushes were rejected. Next: look at what else pushes to ${options.charts.branch}, and build again")
        return null
    }

    /** @return null where this build has to start over: nobody else would deliver its image */
    private String overtaken() {
        if (!charts.isOwn()) return null
        return "${environment}: somebody pushed meanwhile; the build of that commit delivers both"
    }

    private void goBack(String revision) {
        if (!revision) {
            steps.echo("${environment}: nothing ran before, so there is nothing to go back to; `slipway deploy` removed what it made if it failed")
            return
        }
        try {
            steps.rollbackDeployment(environment: environment, revision: revision, folder: charts.folder, timeoutMinutes: options.deployMinutes)
        } catch (Throwable second) {
            describe("${environment}: ROLLBACK FAILED")
            steps.echo("${environment}: going back to revision ${revision} failed: ${second.message}. Next: slipway rollback ${environment} ${revision}")
        }
    }

    /** Steps bound their time themselves: what goes back must not run inside a timeout that has run out. */
    private void onNode(Closure body) {
        steps.node(options.agent) {
            try {
                body.call()
            } finally {
                steps.cleanWorkspace()
            }
        }
    }

    private boolean isApprovalNeeded() {
        return options.approve.contains(environment)
    }

    private Map arguments(Map more) {
        return [environment: environment, folder: charts.folder, timeoutMinutes: options.deployMinutes] + more
    }

    private void describe(String line) {
        String before = steps.currentBuild.description
        steps.currentBuild.description = before ? before + '\n' + line : line
    }

    private String words() {
        List<String> words = []
        pins.each { String image, String pin -> words.add(image + ' ' + pin.substring(0, pin.indexOf('@'))) }
        return words ? words.join(', ') : 'charts only'
    }

    private String message(Map outcome, Map approval) {
        String text = "${environment}: ${words()}\n\nDeployed and verified as revision ${outcome.revision} by ${steps.env.JOB_NAME} #${steps.env.BUILD_NUMBER}.\n"
        if (approval) text += "\nApproved-by: ${approval.APPROVER}\nReason: ${approval.REASON}\n"
        return text
    }
}

package slipway.delivery

import slipway.source.Charts

/**
 * The pipeline of a repository, phase by phase: `deliver.plan(…)` makes it, and a Jenkinsfile or `deliver(…)` runs the phases.
 * Each takes a node of its own, and none holds one while it waits for people or for other builds.
 */
class Delivery implements Serializable {
    private final def steps
    private final Map options
    private final Origin origin
    private Map<String, String> pins = [:]

    /** @param options what `Plan` read: complete and valid */
    Delivery(def steps, Map options, Origin origin) {
        this.steps = steps
        this.options = options
        this.origin = origin
    }

    boolean isProposal() {
        return origin.isProposal()
    }

    boolean isReleased() {
        return origin.isDelivered(options.branch) && options.deployTo
    }

    /** A newer build of a pull request ends the older ones: nobody waits for what they would say. */
    void start() {
        if (!isProposal()) return
        int number = steps.env.BUILD_NUMBER as int
        if (number > 1) steps.milestone(number - 1)
        steps.milestone(number)
    }

    void lint() {
        inCheckout(60) { steps.lintSources(options.lint) }
    }

    void test() {
        inCheckout(options.tests.timeoutMinutes + 15) {
            new Hooks(options.hooks).run('beforeTests')
            steps.runTests(options.tests)
        }
    }

    void scan() {
        inCheckout(30) { steps.scanSource(options.scan) }
    }

    /** All three, side by side. */
    void check() {
        steps.parallel(
            Lint: { lint() },
            Test: { test() },
            Scan: { scan() },
            failFast: true,
        )
    }

    /** Every image is built or found; only on the branch that is delivered does one leave the agent. */
    void images() {
        if (!options.apps) return
        inCheckout(options.buildMinutes) {
            Images images = new Images(steps, options)
            if (origin.isDelivered(options.branch)) pins = images.deliver()
            else images.tryOut()
        }
        if (pins) new Hooks(options.hooks).run('afterImages', pins)
    }

    /** What a pull request does to what is deployed, said where its reviewers read. Charts of another repository are not touched by one. */
    void preview() {
        if (!isProposal()) steps.error("deliver: preview belongs to pull requests; this build is of a branch. Next: `when { changeRequest() }`")
        if (options.charts) return
        inCheckout(30) {
            steps.synthManifests([:])
            new Preview(steps).publish(origin.target)
        }
    }

    /** Every environment in turn; the first that fails ends it. */
    void release() {
        if (!origin.isDelivered(options.branch)) steps.error("deliver: only branch ${options.branch} is released, never a pull request. Next: `when { branch '${options.branch}' }`")
        options.deployTo.each { String environment ->
            Charts charts = new Charts(steps, options.charts ?: [branch: options.branch, credentialsId: options.gitCredentialsId], options.committer)
            steps.echo(new Release(steps, options, environment, pins, charts).run())
        }
    }

    private void inCheckout(int minutes, Closure body) {
        steps.node(options.agent) {
            try {
                steps.timeout(time: minutes, unit: 'MINUTES') {
                    steps.checkoutSource()
                    body.call()
                }
            } finally {
                steps.cleanWorkspace()
            }
        }
    }
}

import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import slipway.delivery.Delivery
import slipway.delivery.Origin
import slipway.delivery.Plan

/** The whole pipeline in one call. */
void call(Map args = [:]) {
    Delivery delivery = plan(args)
    try {
        stage('Check') { delivery.check() }
        stage('Images') { delivery.images() }
        if (delivery.proposal) stage('Preview') { delivery.preview() }
        if (delivery.released) stage('Release') { delivery.release() }
    } catch (FlowInterruptedException interrupted) {
        // Whether somebody aborted it or a newer build overtook it: the sandbox does not let a library ask.
        currentBuild.result = 'ABORTED'
        throw interrupted
    } catch (Throwable problem) {
        currentBuild.result = 'FAILURE'
        throw problem
    } finally {
        if (args.notify) notifyResult(args.notify)
    }
}

/** The same as phases, for a Jenkinsfile with stages of its own. */
Delivery plan(Map args = [:]) {
    Origin origin = new Origin([BRANCH_NAME: env.BRANCH_NAME, CHANGE_ID: env.CHANGE_ID, CHANGE_TARGET: env.CHANGE_TARGET])
    Delivery delivery = new Delivery(this, Plan.read(this, args, origin), origin)
    delivery.start()
    return delivery
}

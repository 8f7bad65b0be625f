package slipway.delivery

import hudson.AbortException
import hudson.model.Result
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/** Who is asked, when, and for what the answer counts. */
class ReleaseApprovalSpec extends ReleaseScenario {
    private static final String APPROVED = "deployTo: ['production'], tests: [command: 'true'], approvers: 'ann'"

    def 'a person is asked outside of node and lock, for at most a day, and the milestones stand around'() {
        given:
        build.answerInput([APPROVER: 'ann', REASON: 'release'])

        when:
        build.run(Project.pipeline(APPROVED))

        then:
        def asked = build.steps.find { it.name == 'input' }
        asked.node == null
        asked.locks == []
        asked.named.submitter == 'ann'
        build.steps.findAll { it.name == 'timeout' }*.named.contains([time: 24, unit: 'HOURS'])
        build.steps*.name.findAll { it in ['milestone', 'input', 'lock'] } == ['milestone', 'input', 'milestone', 'lock', 'milestone']
    }

    def 'an approval without a reason releases nothing'() {
        given:
        build.answerInput([APPROVER: 'ann', REASON: ''])

        when:
        build.run(Project.pipeline(APPROVED))

        then:
        AbortException refused = thrown()
        refused.message.contains('without a reason')
        project.revisions == []
    }

    def 'a refusal releases nothing'() {
        given:
        build.rejectInput()

        when:
        build.run(Project.pipeline(APPROVED))

        then:
        thrown(FlowInterruptedException)
        build.result == 'ABORTED'
        project.revisions == []
    }

    def 'nobody is asked where nothing would change'() {
        given:
        project.release()

        when:
        build.run(Project.pipeline(APPROVED))

        then:
        build.result == 'SUCCESS'
        !build.steps*.name.contains('input')
    }

    def 'somebody changed the cluster after nobody had to be asked: it is not deployed unasked'() {
        given:
        project.release()
        pinned()
        String other = project.running.replace('replicas: 3', 'replicas: 9')
        build.onStep('lock') { call, context -> project.deployedByHand(other) }

        when:
        build.run(Project.pipeline(APPROVED))

        then:
        AbortException refused = thrown()
        refused.message.contains('nobody approved')
        project.running == other
    }

    def 'a newer build that was approved first ends this one before it deploys'() {
        given:
        build.answerInput([APPROVER: 'ann', REASON: 'late'])
        int passed = 0
        build.onStep('milestone') { call, context ->
            if (++passed == 2) throw new FlowInterruptedException(Result.NOT_BUILT, 'superseded')
        }

        when:
        build.run(Project.pipeline(APPROVED))

        then:
        thrown(FlowInterruptedException)
        build.result == 'NOT_BUILT'
        project.revisions == []
    }
}

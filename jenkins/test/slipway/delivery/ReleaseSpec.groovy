package slipway.delivery

import harness.Build
import hudson.AbortException
import hudson.model.Result
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import spock.lang.AutoCleanup
import spock.lang.Specification

/** One environment: approval, lock, deploy, commit, races. */
class ReleaseSpec extends Specification {
    private static final String APPROVED = "deployTo: ['production'], tests: [command: 'true'], approvers: 'ann'"

    @AutoCleanup
    Project project = new Project()
    @AutoCleanup
    Build build = project.build()

    def 'a person is asked outside of node and lock, for at most a day, and the milestones stand around'() {
        given:
        build.answerInput([APPROVER: 'ann', REASON: 'release'])

        when:
        build.run(Project.release(APPROVED))

        then:
        def asked = build.steps.find { it.name == 'input' }
        asked.node == null
        asked.locks == []
        asked.named.submitter == 'ann'
        build.steps.findAll { it.name == 'timeout' }*.named.contains([time: 24, unit: 'HOURS'])
        build.steps*.name.findAll { it in ['milestone', 'input', 'lock'] } == ['milestone', 'input', 'milestone', 'lock', 'milestone']
    }

    def 'everything that changes the cluster happens under the lock of the environment'() {
        when:
        build.run(Project.release())

        then:
        def deploys = build.steps.findAll { it.name == 'sh' && it.named.label == 'slipway deploy production' }
        deploys*.locks == [[], ['slipway-production']]
        build.steps.find { it.name == 'lock' }.named == [resource: 'slipway-production', inversePrecedence: true]
    }

    def 'an approval without a reason releases nothing'() {
        given:
        build.answerInput([APPROVER: 'ann', REASON: ''])

        when:
        build.run(Project.release(APPROVED))

        then:
        AbortException refused = thrown()
        refused.message.contains('without a reason')
        project.revisions == []
    }

    def 'a refusal releases nothing'() {
        given:
        build.rejectInput()

        when:
        build.run(Project.release(APPROVED))

        then:
        thrown(FlowInterruptedException)
        build.result == 'ABORTED'
        project.revisions == []
    }

    def 'nobody is asked where nothing would change'() {
        given:
        project.run(Project.release())

        when:
        build.run(Project.release(APPROVED))

        then:
        build.result == 'SUCCESS'
        !build.steps*.name.contains('input')
    }

    def 'J14: a failed deploy ends the build, commits nothing, and what ran before runs'() {
        given:
        project.run(Project.release())
        project.scale(5)
        pinned()
        String head = project.head
        build.answer('slipway deploy', error: 'ImagePullBackOff')

        when:
        build.run(Project.release())

        then:
        AbortException failed = thrown()
        failed.message.contains('revision 1')
        build.result == 'FAILURE'
        project.head == head
        project.running.contains('replicas: 3')
    }

    def 'a hook after the deploy that fails takes the release back'() {
        given:
        project.run(Project.release())
        project.scale(5)

        when:
        build.run(Project.release("${Project.CHARTS}, hooks: [afterDeploy: { error 'the shop is closed' }]"))

        then:
        AbortException failed = thrown()
        failed.message == 'the shop is closed'
        project.running.contains('replicas: 3')
    }

    def 'going back that fails, too, is told, and the first failure is what ends the build'() {
        given:
        project.run(Project.release())
        project.scale(5)
        build.answer('slipway rollback', exit: 3, out: '{"environment": "production", "result": "broken", "notes": []}')

        when:
        build.run(Project.release("${Project.CHARTS}, hooks: [afterDeploy: { error 'the shop is closed' }]"))

        then:
        AbortException failed = thrown()
        failed.message == 'the shop is closed'
        build.description == 'production: ROLLBACK FAILED'
    }

    def 'a push of somebody else that leaves dist/ alone: the commit is made anew on top of it'() {
        given:
        project.run(Project.release())
        pinned()
        String theirs = null
        beforePush { theirs = project.charts.push(['README.md': 'words'], false) }

        when:
        build.run(Project.release())

        then:
        build.result == 'SUCCESS'
        project.charts.git('rev-parse', 'main~1') == theirs
        project.running == project.wanted
    }

    def 'a push of somebody else that changes dist/: nothing is pushed, and their build delivers both'() {
        given:
        project.run(Project.release())
        pinned()
        String theirs = null
        beforePush {
            project.scale(7)
            theirs = pinned()
        }

        when:
        build.run(Project.release())

        then:
        build.result == 'SUCCESS'
        project.head == theirs

        when: 'their build'
        project.run(Project.release())

        then:
        project.running.contains('replicas: 7')
        project.running == project.wanted
    }

    def 'a push of somebody else before the deploy: nothing is deployed'() {
        given:
        project.run(Project.release())
        project.scale(5)
        String theirs = null
        build.onStep('lock') { call, context -> theirs = project.scale(7) }

        when:
        build.run(Project.release())

        then:
        build.result == 'SUCCESS'
        project.head == theirs
        project.revisions.size() == 1
    }

    def 'somebody changed the cluster after nobody had to be asked: it is not deployed unasked'() {
        given:
        project.run(Project.release())
        pinned()
        String other = project.running.replace('replicas: 3', 'replicas: 9')
        build.onStep('lock') { call, context -> project.deployedByHand(other) }

        when:
        build.run(Project.release(APPROVED))

        then:
        AbortException refused = thrown()
        refused.message.contains('nobody approved')
        project.running == other
    }

    def 'an abort of a push that arrived all the same goes back nowhere: it is delivered'() {
        given:
        project.run(Project.release())
        project.scale(5)
        pinned()
        beforePush {
            project.charts.take(build.workspace)
            throw new FlowInterruptedException(Result.ABORTED, 'Aborted by somebody')
        }

        when:
        build.run(Project.release())

        then:
        thrown(FlowInterruptedException)
        project.running.contains('replicas: 5')
        project.running == project.wanted
    }

    def 'a push that is rejected again and again ends the build, and what ran before runs'() {
        given:
        project.run(Project.release())
        project.scale(5)
        pinned()
        build.onStep('sh') { call, context ->
            if (call.named.label.startsWith('push to ')) project.charts.push(['README.md': "words ${context.hashCode()} ${System.nanoTime()}".toString()], false)
        }

        when:
        build.run(Project.release())

        then:
        AbortException failed = thrown()
        failed.message.contains('3 pushes were rejected')
        project.running.contains('replicas: 3')
    }

    def 'every workspace is emptied'() {
        when:
        build.run(Project.release())

        then:
        build.workspaces.size() == 2
        build.workspaces.every { it.list().length == 0 }
    }

    def 'a newer build that was approved first ends this one before it deploys'() {
        given:
        build.answerInput([APPROVER: 'ann', REASON: 'late'])
        int passed = 0
        build.onStep('milestone') { call, context ->
            if (++passed == 2) throw new FlowInterruptedException(Result.NOT_BUILT, 'superseded')
        }

        when:
        build.run(Project.release(APPROVED))

        then:
        thrown(FlowInterruptedException)
        build.result == 'NOT_BUILT'
        project.revisions == []
    }

    /** Makes dist/ of main differ from what its charts render, so that there is something to commit and nothing to deploy. */
    private String pinned() {
        project.charts.push(['dist/lab/workloads/20-apps.yaml': 'stale'], false)
    }

    /** What somebody does when this build has deployed, and before it pushes. */
    private void beforePush(Closure action) {
        boolean isDone = false
        build.onStep('sh') { call, context ->
            if (isDone || !call.named.label.startsWith('push to ')) return
            isDone = true
            action.call()
        }
    }
}

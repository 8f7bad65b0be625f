package slipway.delivery

import hudson.AbortException
import hudson.model.Result
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/** Somebody else pushes to main while a release is under way. */
class ReleaseRacesSpec extends ReleaseScenario {
    def 'a push of somebody else that leaves dist/ alone: the commit is made anew on top of it'() {
        given:
        project.release()
        pinned()
        String theirs = null
        beforePush { theirs = project.charts.push(['README.md': 'words'], false) }

        when:
        build.run(Project.pipeline())

        then:
        build.result == 'SUCCESS'
        project.charts.git('rev-parse', 'main~1') == theirs
        project.running == project.wanted
    }

    def 'a push of somebody else that changes dist/: nothing is pushed, and their build delivers both'() {
        given:
        project.release()
        pinned()
        String theirs = null
        beforePush {
            project.scale(7)
            theirs = pinned()
        }

        when:
        build.run(Project.pipeline())

        then:
        build.result == 'SUCCESS'
        project.head == theirs

        when: 'their build'
        project.run(Project.pipeline())

        then:
        project.running.contains('replicas: 7')
        project.running == project.wanted
    }

    def 'a push of somebody else before the deploy: nothing is deployed'() {
        given:
        project.release()
        project.scale(5)
        String theirs = null
        build.onStep('lock') { call, context -> theirs = project.scale(7) }

        when:
        build.run(Project.pipeline())

        then:
        build.result == 'SUCCESS'
        project.head == theirs
        project.revisions.size() == 1
    }

    def 'an abort of a push that arrived all the same goes back nowhere: it is delivered'() {
        given:
        project.release()
        project.scale(5)
        pinned()
        beforePush {
            project.charts.take(build.workspace)
            throw new FlowInterruptedException(Result.ABORTED, 'Aborted by somebody')
        }

        when:
        build.run(Project.pipeline())

        then:
        thrown(FlowInterruptedException)
        project.running.contains('replicas: 5')
        project.running == project.wanted
    }

    def 'a push that is rejected again and again ends the build, and what ran before runs'() {
        given:
        project.release()
        project.scale(5)
        pinned()
        build.onStep('sh') { call, context ->
            if (call.named.label.startsWith('push to ')) project.charts.push(['README.md': "words ${context.hashCode()} ${System.nanoTime()}".toString()], false)
        }

        when:
        build.run(Project.pipeline())

        then:
        AbortException failed = thrown()
        failed.message.contains('3 pushes were rejected')
        project.running.contains('replicas: 3')
    }
}

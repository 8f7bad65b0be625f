package slipway.delivery

import hudson.AbortException

/** One environment: lock, deploy, and going back where that fails. */
class ReleaseSpec extends ReleaseScenario {
    def 'everything that changes the cluster happens under the lock of the environment'() {
        when:
        build.run(Project.pipeline())

        then:
        def deploys = build.steps.findAll { it.name == 'sh' && it.named.label == 'slipway deploy production' }
        deploys*.locks == [[], ['slipway-production']]
        build.steps.find { it.name == 'lock' }.named == [resource: 'slipway-production', inversePrecedence: true]
    }

    def 'J14: a failed deploy ends the build, commits nothing, and what ran before runs'() {
        given:
        project.release()
        project.scale(5)
        pinned()
        String head = project.head
        build.answer('slipway deploy', error: 'ImagePullBackOff')

        when:
        build.run(Project.pipeline())

        then:
        AbortException failed = thrown()
        failed.message.contains('revision 1')
        build.result == 'FAILURE'
        project.head == head
        project.running.contains('replicas: 3')
    }

    def 'a hook after the deploy that fails takes the release back'() {
        given:
        project.release()
        project.scale(5)

        when:
        build.run(Project.pipeline("${Project.CHARTS}, hooks: [afterDeploy: { error 'the shop is closed' }]"))

        then:
        AbortException failed = thrown()
        failed.message == 'the shop is closed'
        project.running.contains('replicas: 3')
    }

    def 'going back that fails, too, is told, and the first failure is what ends the build'() {
        given:
        project.release()
        project.scale(5)
        build.answer('slipway rollback', exit: 3, out: '{"environment": "production", "result": "broken", "notes": []}')

        when:
        build.run(Project.pipeline("${Project.CHARTS}, hooks: [afterDeploy: { error 'the shop is closed' }]"))

        then:
        AbortException failed = thrown()
        failed.message == 'the shop is closed'
        build.description == 'production: ROLLBACK FAILED'
    }

    def 'every workspace is emptied'() {
        when:
        build.run(Project.pipeline())

        then:
        build.workspaces.size() == 2
        build.workspaces.every { it.list().length == 0 }
    }
}

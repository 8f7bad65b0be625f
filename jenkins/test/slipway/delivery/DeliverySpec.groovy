package slipway.delivery

import harness.Build
import hudson.AbortException
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

/** The whole pipeline in one call. */
class DeliverySpec extends Specification {
    @AutoCleanup
    Project project = new Project()
    @AutoCleanup
    Build build = project.build()

    def 'J15: delivers, commits what ran, and the next build finds nothing to do'() {
        given:
        build.answerInput([APPROVER: 'ann', REASON: 'first release'])
        String first = project.head

        when:
        build.run("deliver(${Project.DELIVERY})")

        then: 'in this order'
        build.result == 'SUCCESS'
        order() == ['buildx build', 'trivy image', 'crane push', 'pin', 'deploy --yes', 'git push']
        build.stages*.name == ['Check', 'Images', 'Release']

        and: 'main names what runs, and who wanted it'
        project.pin ==~ /[0-9a-f]{12}@sha256:[0-9a-f]{64}/
        project.pin.endsWith(project.digest(project.pin.take(12)))
        project.running == project.wanted
        project.charts.git('rev-parse', 'main~1') == first
        String message = project.charts.git('log', '-1', '--format=%B', 'main')
        message.startsWith('production: hello ' + project.pin.take(12))
        message.contains('Approved-by: ann\nReason: first release')
        build.description == 'production: approved by ann: first release'

        when: 'the build that this commit triggers'
        String delivered = project.head
        List argv = null
        project.run("deliver(${Project.DELIVERY})") { Build next ->
            argv = [next.argv('docker'), next.argv('trivy')*.first().unique(), next.argv('crane')*.first() - ['auth'], next.answers.size(), next.steps*.name.contains('lock')]
        }

        then:
        argv == [[], ['fs'], ['digest'], 1, false]
        project.head == delivered
        project.revisions.size() == 1
    }

    def 'a change of charts alone is deployed without a build'() {
        given:
        project.run("deliver(${Project.DELIVERY})")
        project.scale(5)
        build.answerInput([APPROVER: 'ann', REASON: 'more people'])

        when:
        build.run("deliver(${Project.DELIVERY})")

        then:
        build.argv('docker') == []
        project.revisions.size() == 2
        project.running.contains('replicas: 5')
    }

    def 'a pull request builds and scans, shows the diff, and binds no credential'() {
        given:
        build.variables.putAll([BRANCH_NAME: 'PR-4', CHANGE_ID: '4', CHANGE_TARGET: 'main'])

        when:
        build.run("deliver(${Project.DELIVERY})")

        then:
        build.result == 'SUCCESS'
        build.bound == []
        build.stages*.name == ['Check', 'Images', 'Preview']
        order() == ['buildx build', 'trivy image']
        build.argv('aws') == []
        build.argv('crane') == []
        new File(build.artifacts, 'diff.md').text.startsWith('Nothing changes.')
        build.steps.find { it.name == 'publishChecks' }.named.summary.startsWith('Nothing changes.')
        project.revisions == []
    }

    def 'a pull request whose dist/ is not what its charts render fails'() {
        given:
        build.variables.putAll([BRANCH_NAME: 'PR-4', CHANGE_ID: '4', CHANGE_TARGET: 'main'])
        project.charts.push(['dist/production/workloads/20-apps.yaml': 'by hand'], false)

        when:
        build.run("def delivery = deliver.plan(${Project.CHARTS})\ndelivery.preview()")

        then:
        AbortException refused = thrown()
        refused.message.contains('dist/')
        build.artifacts.list().toList() == []
    }

    def 'another branch than the delivered one releases nothing'() {
        given:
        build.variables.BRANCH_NAME = 'feature'

        when:
        build.run("deliver(${Project.DELIVERY})")

        then:
        build.result == 'SUCCESS'
        build.bound == []
        build.stages*.name == ['Check', 'Images']
    }

    @Unroll
    def 'a #what that calls itself main is refused a release'() {
        given:
        build.variables.putAll(variables)

        when:
        build.run(Project.pipeline())

        then:
        AbortException refused = thrown()
        refused.message.startsWith('deliver: only branch main is released, never a pull request')
        build.bound == []

        where:
        what           | variables
        'pull request' | [BRANCH_NAME: 'main', CHANGE_ID: '4', CHANGE_TARGET: 'main']
        'fork'         | [BRANCH_NAME: 'main', CHANGE_ID: '4', CHANGE_FORK: 'stranger/slipway', CHANGE_TARGET: 'main']
    }

    def 'a scan that finds something keeps the image from the registry'() {
        given:
        build.answer('trivy image', findings: 'CVE-2026-0001 CRITICAL openssl 3.0.1 3.0.2\n')

        when:
        build.run("deliver(${Project.DELIVERY})")

        then:
        thrown(AbortException)
        build.result == 'FAILURE'
        build.argv('crane').findAll { it.first() == 'push' } == []
        project.revisions == []
    }

    def 'a newer build of a pull request ends the older ones'() {
        given:
        build.variables.putAll([BRANCH_NAME: 'PR-4', CHANGE_ID: '4', CHANGE_TARGET: 'main', BUILD_NUMBER: '3'])

        when:
        build.run("deliver.plan(${Project.CHARTS})")

        then:
        build.steps.findAll { it.name == 'milestone' }*.positional == [[2], [3]]
    }

    def 'J17: whoever is to be told, is told how it ended'() {
        when:
        build.run("deliver(tests: [command: 'false'], notify: [to: 'team@example.com'])")

        then:
        thrown(AbortException)
        build.mails*.to == ['team@example.com']
        build.mails.first().subject.endsWith('failure')
    }

    def 'hooks run at their joints, and are told what there is to know'() {
        given:
        build.answerInput([APPROVER: 'ann', REASON: 'release'])

        when:
        build.run("""deliver(${Project.DELIVERY}, hooks: [
            beforeTests: { echo 'hook: tests' },
            afterImages: { echo "hook: images \${it.keySet()}" },
            beforeDeploy: { echo "hook: before \${it}" },
            afterDeploy: { echo "hook: after \${it}" },
        ])""")

        then:
        build.log.findAll { it.startsWith('hook: ') } == ['hook: tests', 'hook: images [hello]', 'hook: before production', 'hook: after production']
    }

    /** What counts of what was done, in order. */
    private List<String> order() {
        build.processes.calls.collect { told(it.program, it.arguments) }.findAll().inject([]) { List all, String one -> all && all.last() == one ? all : all + one } as List<String>
    }

    private static String told(String program, List<String> words) {
        if (program == 'docker' && words.take(2) == ['buildx', 'build']) return 'buildx build'
        if (program == 'trivy' && words.first() == 'image') return 'trivy image'
        if (program == 'crane' && words.first() == 'push') return 'crane push'
        if (program == 'git' && words.contains('push')) return 'git push'
        if (program == 'node' && words.contains('pin')) return 'pin'
        program == 'node' && words.contains('deploy') && words.contains('--yes') ? 'deploy --yes' : null
    }
}

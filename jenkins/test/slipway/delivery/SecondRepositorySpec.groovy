package slipway.delivery

import groovy.json.JsonSlurper
import harness.Build
import harness.Library
import hudson.AbortException
import slipway.Checkout
import spock.lang.AutoCleanup
import spock.lang.Specification

/** A repository in another language (test/fixtures/billing), whose charts are another repository's. */
class SecondRepositorySpec extends Specification {
    private static final File FIXTURE = new File(Library.FOLDER, 'test/fixtures/billing')
    private static final String PINS = 'charts/environments/images/production.json'

    @AutoCleanup
    Project project = new Project([(PINS): '{\n  "billing": "000000000001@sha256:0000000000000000000000000000000000000000000000000000000000000003"\n}\n'])
    @AutoCleanup
    Build build = project.build()
    Checkout own = new Checkout(build.newFolder('billing'), FIXTURE.listFiles().collectEntries { [(it.name): it.text] } as Map<String, String>)

    def setup() {
        build.scm(url: new File(build.newFolder('billing'), '.git').path, branch: 'main')
        (1..3).each { build.answerInput([APPROVER: 'billing-team', REASON: 'invoices']) }
    }

    def 'has a Jenkinsfile of under 30 lines, pins and commits where the charts are'() {
        when:
        String head = own.git('rev-parse', 'main')
        build.run(jenkinsfile())

        then:
        build.result == 'SUCCESS'
        jenkinsfile().readLines().size() < 30
        FIXTURE.list().sort() == ['Dockerfile', 'Jenkinsfile', 'billing.py', 'test_billing.py']
        pin() ==~ /[0-9a-f]{12}@sha256:[0-9a-f]{64}/
        project.running == project.wanted
        project.charts.git('log', '-1', '--format=%B', 'main').startsWith('production: billing ' + pin().take(12))
        own.git('rev-parse', 'main') == head
    }

    def 'starts over when the charts moved after the deploy: nobody else would deliver its image'() {
        given:
        int pushes = 0
        whenPushing { if (++pushes == 1) project.scale(7) }

        when:
        build.run(jenkinsfile())

        then:
        build.result == 'SUCCESS'
        project.running.contains('replicas: 7')
        project.running == project.wanted
        pin() ==~ /[0-9a-f]{12}@.*/
    }

    def 'gives up after three times, and what ran before runs'() {
        given:
        project.release()
        String before = project.running
        int pushes = 0
        whenPushing { project.scale(10 + ++pushes) }

        when:
        build.run(jenkinsfile())

        then:
        AbortException failed = thrown()
        failed.message.contains('moved 3 times')
        pushes == 3
        project.running == before
    }

    private void whenPushing(Closure action) {
        build.onStep('sh') { call, context -> if (call.named.label.startsWith('push to ')) action.call() }
    }

    private String jenkinsfile() {
        new File(FIXTURE, 'Jenkinsfile').text.replace('123456789012.dkr', '210987654321.dkr').replace('https://git.example.com/platform.git', project.charts.bare.path)
    }

    private String pin() {
        new JsonSlurper().parseText(project.charts.read(PINS)).billing
    }
}

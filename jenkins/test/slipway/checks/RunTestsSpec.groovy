package slipway.checks

import harness.Build
import harness.How
import hudson.AbortException
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import spock.lang.AutoCleanup
import spock.lang.Specification

class RunTestsSpec extends Specification {
    private static final String PASSED = '<testsuite tests="1"><testcase name="a"/></testsuite>'
    private static final String FAILED = '<testsuite tests="1"><testcase name="a"><failure/></testcase></testsuite>'

    @AutoCleanup
    Build build = new Build()

    def 'J05: runs the command and publishes what it reports'() {
        when:
        run(command: "echo testing; echo '" + PASSED + "' > report.xml", reports: '*.xml')

        then:
        build.log.contains('testing')
        published() == [[testResults: '*.xml', allowEmptyResults: false]]
        build.result == 'SUCCESS'
    }

    def 'J05: publishes the reports of tests that failed, and fails'() {
        when:
        run(command: "echo '" + FAILED + "' > report.xml; exit 3", reports: '*.xml')

        then:
        AbortException failure = thrown()
        failure.message == 'script returned exit code 3'
        published().size() == 1
    }

    def 'J05: tests that write no report although they passed fail'() {
        when:
        run(command: 'true', reports: '*.xml')

        then:
        AbortException failure = thrown()
        failure.message.startsWith('No test report files were found')
    }

    def 'tells why the tests failed, not that there is no report'() {
        when:
        run(command: 'exit 7', reports: '*.xml')

        then:
        AbortException failure = thrown()
        failure.message == 'script returned exit code 7'
    }

    def 'publishes nothing where no reports are named'() {
        when:
        run(command: 'true')

        then:
        published() == []
    }

    def 'ends tests that never end'() {
        given:
        build.answer('cat', hang: true)

        when:
        run(command: 'cat', timeoutMinutes: 3)

        then:
        thrown(FlowInterruptedException)
        build.steps.find { it.name == 'timeout' }.named == [time: 3, unit: 'MINUTES']
    }

    def 'an abort stays an abort, reports or not'() {
        given:
        build.interrupt(step: 3, how: How.ABORT, call: 1)

        when:
        run(command: "echo '" + PASSED + "' > report.xml; cat report.xml", reports: '*.xml')

        then:
        thrown(FlowInterruptedException)
        build.result == 'ABORTED'
        published().size() == 1
    }

    def 'J19: refuses what it does not know before anything runs'() {
        when:
        run(comand: 'true')

        then:
        AbortException failure = thrown()
        failure.message == 'runTests: a fault in its arguments, nothing was run\n  unknown argument runTests.comand; did you mean `command`?'
        build.steps*.name == ['node', 'error']
    }

    private List<Map> published() {
        build.steps.findAll { it.name == 'junit' }*.named
    }

    private void run(Map args) {
        build.run("node('slipway') { runTests(${args.inspect()}) }")
    }
}

package slipway.release

import harness.Build
import hudson.AbortException
import slipway.ChartsRepository
import spock.lang.AutoCleanup
import spock.lang.Specification

class DetectDriftSpec extends Specification {
    private static final String REPORT = 'production differs from revision 5: 1 changed\n~ Deployment chat/hello\n'

    @AutoCleanup
    Build build = new Build()

    def setup() {
        build.prepare { File workspace -> ChartsRepository.checkOut(workspace) }
    }

    def 'J12: a cluster that is as it was released'() {
        expect:
        detect() == false
        build.result == 'SUCCESS'
        build.artifacts.list().toList() == []
        build.log.contains('production is as it was released')
    }

    def 'J12: drift makes the build unstable and keeps the report'() {
        given:
        build.answer('slipway drift', exit: 1, out: REPORT)

        expect:
        detect() == true
        build.result == 'UNSTABLE'
        new File(build.artifacts, 'drift-production.txt').text == REPORT
        build.log.contains('~ Deployment chat/hello')
    }

    def 'what could not be judged is no drift, but an error: #why'() {
        given:
        build.answer('slipway drift', exit: code, err: why)

        when:
        detect()

        then:
        AbortException failure = thrown()
        failure.message.startsWith('detectDrift: production could not be judged')
        build.result == 'FAILURE'

        where:
        code | why
        2    | 'Is the cluster up?'
        1    | "Error: Cannot find module '@swc/core'"
    }

    private boolean detect() {
        build.run("node('slipway') { detectDrift(environment: 'production') }")
    }
}

package harness

import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import spock.lang.Specification

class InterruptionsSpec extends Specification {
    static final String DEPLOY = '''
        timeout(time: 5, unit: 'MINUTES') {
            node('a') {
                try {
                    sh 'basename /deploy; dirname /verify'
                } catch (e) {
                    echo 'restored'
                    throw e
                }
            }
        }'''

    def 'meets every step that waits, before it acts and inside of a script, aborted and hung'() {
        given:
        List<String> met = []
        when:
        int times = Interruptions.of { Build build -> build.run(DEPLOY) }.each { Interrupted it ->
            met << "${it.how} ${it.point.name} ${it.build.argv('basename').size()}${it.build.argv('dirname').size()}".toString()
            assert it.thrown instanceof FlowInterruptedException
            assert it.build.result == 'ABORTED'
            assert ('restored' in it.build.log) == (it.point.name == 'sh')
        }
        then:
        met == ['ABORT timeout 00', 'ABORT node 00', 'ABORT sh 00', 'ABORT sh 10', 'ABORT sh 11', 'HANG sh 10', 'HANG sh 11']
        times == met.size()
    }

    def 'an abort that is swallowed shows'() {
        when:
        Interruptions.of { Build build -> build.run("node('a') { try { sh 'true' } catch (e) { } }") }.each { Interrupted it ->
            if (it.point.name == 'sh' && it.how == How.ABORT) assert it.thrown == null
        }
        then:
        noExceptionThrown()
    }

    def 'a script without a timeout cannot hang'() {
        when:
        Interruptions.of { Build build -> build.run("node('a') { sh 'dirname /x' }") }.each { }
        then:
        Fault fault = thrown()
        fault.message == 'hang at step 2, program 1: sh hangs, and no timeout is around it'
    }

    def 'a checkout and a question hang as a whole'() {
        given:
        List<String> met = []
        when:
        Interruptions.of { Build build ->
            build.answerInput()
            build.run("timeout(5) { input 'sure?' }")
        }.each { Interrupted it -> met << "${it.how} ${it.point.name}".toString() }
        then:
        met == ['ABORT timeout', 'ABORT input', 'HANG input']
    }
}

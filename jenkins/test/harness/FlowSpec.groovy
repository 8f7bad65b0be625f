package harness

import hudson.AbortException
import hudson.model.Result
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

class FlowSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    def 'retry runs its body so many times, then throws'() {
        when:
        build.run('retry(3) { echo "x"; error "no" }')
        then:
        thrown(AbortException)
        build.log.count('x') == 3
    }

    @Unroll
    def 'retry gives up at once #when'() {
        build.answers.addAll(answers)
        when:
        build.run(pipeline)
        then:
        thrown(Exception)
        build.log.count('x') == 1
        where:
        when                        | answers | pipeline
        'when somebody aborts'      | [null]  | 'retry(3) { echo "x"; input "sure?" }'
        'unless an agent was lost'  | []      | 'retry(count: 3, conditions: [agent()]) { echo "x"; error "no" }'
    }

    def 'a timeout that ran out is no abort: retry runs again, catchError ends it whatever it is told'() {
        build.answer('cat', hang: true)
        when:
        build.run("""node('a') {
            catchError(catchInterruptions: false) { retry(2) { timeout(5) { echo 'x'; sh 'cat y' } } }
            echo 'after' }""")
        then:
        build.log.count('x') == 2
        'after' in build.log
    }

    @Unroll
    def '#step makes the build #result and goes on'() {
        expect:
        build.run("${step} { error 'no' }; echo 'after'; currentBuild.result") == result
        build.log.last() == 'after'
        where:
        step                                                            | result
        'catchError'                                                    | 'FAILURE'
        "catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE')"   | 'UNSTABLE'
        "warnError('hm')"                                               | 'UNSTABLE'
    }

    def 'catchError ends an abort, and the build stays aborted'() {
        build.rejectInput()
        when:
        build.run("catchError { input 'sure?' }; echo 'after'")
        then:
        build.result == 'ABORTED'
        'after' in build.log
    }

    def 'catchError with catchInterruptions: false lets an abort through'() {
        build.rejectInput()
        when:
        build.run("catchError(catchInterruptions: false) { input 'sure?' }; echo 'after'")
        then:
        thrown(FlowInterruptedException)
        !('after' in build.log)
    }

    def 'stages have a result each'() {
        when:
        build.run('''stage('good') { echo 'x' }
            stage('shaky') { unstable 'hm' }
            catchError { stage('bad') { error 'no' } }
            stage('caught') { catchError(buildResult: 'SUCCESS', stageResult: 'FAILURE') { error 'no' } }''')
        then:
        build.stages*.toString() == ['good: SUCCESS', 'shaky: UNSTABLE', 'bad: FAILURE', 'caught: FAILURE']
    }

    def 'parallel fails with a failure rather than an interruption, after every branch has ended'() {
        build.rejectInput()
        when:
        build.run("parallel a: { input 'sure?' }, b: { error 'b' }, c: { echo '1'; echo '2'; echo '3' }")
        then:
        AbortException thrown = thrown()
        thrown.message == 'b'
        thrown.suppressed*.class == [FlowInterruptedException]
        build.log.contains('3')
    }

    def 'a lock is held by one branch at a time, and freed by a failure'() {
        when:
        build.run("""parallel a: { lock('x') { echo 'a1'; echo 'a2'; echo 'a3'; error 'no' } }, b: { echo 'b0'; lock('x') { echo 'b1' } }""")
        then:
        thrown(AbortException)
        build.log == ['b0', 'a1', 'a2', 'a3', 'b1', 'ERROR: no']
        build.steps.find { it.arguments.message == 'b1' }.locks == ['x']
    }

    @Unroll
    def 'input gives #what'() {
        build.answerInput(answer)
        expect:
        build.run("input(message: 'sure?'${arguments})") == value
        where:
        what                       | answer                   | arguments                                                                | value
        'nothing'                  | [:]                      | ''                                                                       | null
        'one value as it is'       | [WHO: 'ann']             | ", submitterParameter: 'WHO', submitter: 'ann'"                          | 'ann'
        'more values as a map'     | [WHO: 'ann', WHY: 'x']   | ", submitterParameter: 'WHO', parameters: [string(name: 'WHY')]"         | [WHO: 'ann', WHY: 'x']
    }

    @Unroll
    def 'currentBuild.result: #set after #before is #after'() {
        expect:
        build.run("currentBuild.result = '${before}'; currentBuild.result = '${set}'; currentBuild.currentResult") == after
        where:
        before     | set        | after
        'UNSTABLE' | 'SUCCESS'  | 'UNSTABLE'
        'UNSTABLE' | 'FAILURE'  | 'FAILURE'
    }

    def 'echo gives nothing, a block what its body gives'() {
        expect:
        build.run("[echo('x'), stage('s') { 'y' }]") == [null, 'y']
    }

    def 'a hook comes before its step and may throw in its place'() {
        build.onStep('milestone') { StepCall call, Context context -> throw new FlowInterruptedException(Result.NOT_BUILT, 'superseded') }
        when:
        build.run('milestone(1)')
        then:
        thrown(FlowInterruptedException)
        build.result == 'NOT_BUILT'
    }

    def 'withEnv: an empty value removes a variable, PATH+X goes before PATH'() {
        expect:
        build.run('''withEnv(['A=1', 'B=2=3']) { withEnv(['A=', 'B+X=0']) { return "${env.A} ${env.B}" } }''') == 'null 0:2=3'
    }

    def 'a report of a failed test makes build and stage unstable'() {
        build.prepare { File it -> new File(it, 'TEST-a.xml').text = '<testsuite><testcase><failure/></testcase></testsuite>' }
        expect:
        build.run("stage('test') { node('a') { junit '**/TEST-*.xml' } }; currentBuild.result") == 'UNSTABLE'
        build.stages*.status == ['UNSTABLE']
    }

    def 'a report that is not there is an error, unless it may be missing'() {
        when:
        build.run("node('a') { junit allowEmptyResults: true, testResults: 'no.xml'; echo 'still there'; junit 'no.xml' }")
        then:
        AbortException thrown = thrown()
        thrown.message == 'No test report files were found. Configuration error?'
        'still there' in build.log
    }

    @Unroll
    def 'mail is kept, and refused without #what'() {
        when:
        build.run("mail to: 'a@example.com', subject: 's', body: 'b'; mail ${arguments}")
        then:
        AbortException thrown = thrown()
        thrown.message.startsWith('Email not sent.')
        build.mails*.to == ['a@example.com']
        where:
        what          | arguments
        'recipients'  | "subject: 's', body: 'b'"
        'a subject'   | "to: 'a', subject: ' ', body: 'b'"
    }
}

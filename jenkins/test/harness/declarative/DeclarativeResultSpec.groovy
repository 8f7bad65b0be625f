package harness.declarative

import harness.Build
import harness.How
import hudson.model.Result
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

/** How declarative pipelines end, and what runs when something failed. */
class DeclarativeResultSpec extends Specification {
    private static final String POST = "post {\n${Vocabulary.POST.reverse().collect { "${it} { echo 'post ${it}' }" }.join('\n')}\n}"

    @AutoCleanup
    Build build = new Build()

    private Run run(String text) {
        build.declarative(Written.file(text)) as Run
    }

    private static List<String> posts(Run run) {
        run.log.findAll { it.startsWith('post ') }*.substring(5)
    }

    def 'a failed stage fails the build; later stages are skipped, all of them with their stages'() {
        when:
        Run run = run(Written.pipeline('agent none', '''stages {
            stage('A') { steps { error 'broken' } }
            stage('B') { steps { echo 'b' } }
            stage('C') {
                stages { stage('D') { steps { echo 'd' } } }
                post { always { echo 'post C' } }
            }
            stage('E') {
                parallel { stage('F') { steps { echo 'f' } } }
                post { always { echo 'post E' } }
            }
        }'''))

        then:
        run.result == 'FAILURE'
        run.failure.message == 'broken'
        run.statuses == [A: 'FAILURE', B: 'SKIPPED', C: 'SKIPPED', D: 'SKIPPED', E: 'SKIPPED', F: 'SKIPPED']
        run.log.contains('Stage "B" skipped due to earlier failure(s)')
        !run.log.any { it in ['b', 'd', 'f', 'post C', 'post E'] }
    }

    def 'what fails before the first stage fails the build, and post runs'() {
        when:
        Run run = run(Written.pipeline('agent none', "environment { A = credentials('none') }", Written.STAGES, "post { always { echo 'post always' } }"))

        then:
        run.result == 'FAILURE'
        run.failure.message == "Could not find credentials entry with ID 'none'"
        run.statuses == ['Declarative: Post Actions': 'SUCCESS']
        posts(run) == ['always']
    }

    @Unroll
    def 'after #steps, the build before it #before: post #expected'() {
        given:
        build.previousResult = before
        build.onStep('milestone') { call, context -> throw new FlowInterruptedException(Result.NOT_BUILT, 'superseded') }

        when:
        Run run = run(Written.pipeline('agent none', "stages { stage('A') { steps { ${steps} } } }", POST))

        then:
        posts(run) == expected
        run.result == result

        where:
        steps          | before     | result      | expected
        "echo 'a'"     | null       | 'SUCCESS'   | ['always', 'changed', 'success', 'cleanup']
        "echo 'a'"     | 'SUCCESS'  | 'SUCCESS'   | ['always', 'success', 'cleanup']
        "echo 'a'"     | 'FAILURE'  | 'SUCCESS'   | ['always', 'changed', 'fixed', 'success', 'cleanup']
        "echo 'a'"     | 'ABORTED'  | 'SUCCESS'   | ['always', 'changed', 'success', 'cleanup']
        "unstable 'a'" | 'SUCCESS'  | 'UNSTABLE'  | ['always', 'changed', 'regression', 'unsuccessful', 'unstable', 'cleanup']
        "error 'a'"    | 'SUCCESS'  | 'FAILURE'   | ['always', 'changed', 'regression', 'unsuccessful', 'failure', 'cleanup']
        "error 'a'"    | 'FAILURE'  | 'FAILURE'   | ['always', 'unsuccessful', 'failure', 'cleanup']
        'milestone(1)' | 'FAILURE'  | 'NOT_BUILT' | ['always', 'changed', 'regression', 'unsuccessful', 'notBuilt', 'cleanup']
    }

    def 'an aborted step aborts the build; post runs'() {
        given:
        build.interrupt(step: 3, how: How.ABORT)

        when:
        Run run = run(Written.pipeline('agent any', "stages { stage('A') { steps { sh 'true' } }\nstage('B') { steps { echo 'b' } } }", POST))

        then:
        run.result == 'ABORTED'
        run.failure instanceof FlowInterruptedException
        run.statuses.A == 'ABORTED'
        run.statuses.B == 'SKIPPED'
        posts(run) == ['always', 'changed', 'aborted', 'unsuccessful', 'cleanup']
    }

    def 'a rejected input aborts the build before the stage has an agent'() {
        given:
        build.rejectInput()

        when:
        Run run = run(Written.stage('agent any', "input { message 'Go?' }", Written.STEPS))

        then:
        run.result == 'ABORTED'
        !build.steps.any { it.name == 'node' }
    }

    def 'post of a stage knows that stage: success where it succeeded, failure where it failed'() {
        when:
        Run run = run(Written.pipeline('agent none', '''stages {
            stage('P') {
                parallel {
                    stage('A') {
                        steps { error 'broken' }
                        post {
                            success { echo 'post A success' }
                            failure { echo 'post A failure' }
                        }
                    }
                    stage('B') {
                        steps {
                            echo 'b'
                            echo 'c'
                            echo 'd'
                            echo 'e'
                        }
                        post {
                            success { echo 'post B success' }
                            failure { echo 'post B failure' }
                        }
                    }
                }
                post { failure { echo 'post P failure' } }
            }
            stage('L') { steps { echo 'l' }
                post { always { echo 'post L always' } }
            }
        }'''))

        then:
        posts(run) == ['A failure', 'B success', 'P failure']
        run.statuses == [P: 'FAILURE', A: 'FAILURE', B: 'SUCCESS', L: 'SKIPPED']
    }

    def 'post of a stage with stages runs once after them, in its agent and environment'() {
        when:
        Run run = run(Written.pipeline('agent none', '''stages {
            stage('P') {
                agent { label 'slipway' }
                environment { A = 'a' }
                stages {
                    stage('B') { steps { echo 'b' } }
                    stage('C') { steps { error 'broken' } }
                }
                post { failure { sh 'echo post $A' } }
            }
        }'''))

        then:
        run.log.findAll { !it.startsWith('+') }.take(3) == ['b', 'Post stage', 'post a']
        run.statuses == [P: 'FAILURE', B: 'SUCCESS', C: 'FAILURE']
        build.steps.find { it.name == 'sh' }.node == 'slipway'
    }

    def 'post that fails fails the build, and the rest of it runs as after a failure'() {
        when:
        Run run = run(Written.pipeline('agent none', Written.STAGES, "post { always { error 'in post' }\nfailure { echo 'post failure' }\ncleanup { echo 'post cleanup' } }"))

        then:
        run.result == 'FAILURE'
        run.failure.message == 'in post'
        posts(run) == ['failure', 'cleanup']
        run.log.contains('Error when executing always post condition:')
    }

    def 'an unstable stage stops nothing, unless the options say so'() {
        when:
        Run run = run(Written.pipeline('agent none', options, "stages { stage('A') { steps { unstable 'a' } }\nstage('B') { steps { echo 'b' } } }"))

        then:
        run.result == 'UNSTABLE'
        run.statuses == [A: 'UNSTABLE', B: status]

        where:
        options                                   | status
        ''                                        | 'SUCCESS'
        'options { skipStagesAfterUnstable() }'   | 'SKIPPED'
    }
}

package harness.declarative

import harness.Build
import harness.Fault
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

/** Where the steps of a declarative pipeline run, and with what. */
class DeclarativeSurroundingsSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    private Run run(String text) {
        build.declarative(Written.file(text)) as Run
    }

    /** Steps as `name first-argument`. */
    private List<String> performed() {
        build.steps.collect { "${it.name} ${it.arguments.values().find() ?: ''}".trim().toString() }
    }

    private void repository() {
        File folder = build.newFolder('repository')
        ['git init -q -b main', 'git -c user.name=a -c user.email=a@example.com commit -q --allow-empty -m first'].each {
            assert it.execute(['HOME=/nonexistent', "PATH=${System.getenv('PATH')}"], folder).waitFor() == 0
        }
        build.scm(url: folder.path)
    }

    def 'an agent is a node; without one a step that needs it is a fault'() {
        when:
        run(Written.pipeline("agent { label \"\${'slip'}way\" }", "stages { stage('A') { steps { sh 'true' } }\nstage('B') { agent any\nsteps { sh 'true' } } }"))

        then:
        build.steps.findAll { it.name == 'sh' }*.node == ['slipway', 'any']

        when:
        run(Written.pipeline('agent none', "stages { stage('A') { agent none\nsteps { sh 'true' } } }"))

        then:
        thrown(Fault)
    }

    def 'entering an agent checks out, in a stage of its own for the pipeline, and its variables are there'() {
        given:
        repository()

        when:
        Run run = run(Written.pipeline('agent any', "stages { stage('A') { agent any\nsteps { sh 'test -n \"\$GIT_COMMIT\" && git rev-parse HEAD' } } }"))

        then:
        run.stages*.name == ['Declarative: Checkout SCM', 'A']
        performed()*.tokenize(' ')*.first() == ['node', 'stage', 'checkout', 'withEnv', 'stage', 'node', 'checkout', 'withEnv', 'sh']
    }

    @Unroll
    def 'nothing is checked out with #pipeline #stage'() {
        given:
        repository()

        when:
        run(Written.pipeline('agent none', pipeline, "stages { stage('A') { agent any\n${stage}\nsteps { echo 'a' } } }"))

        then:
        build.steps.any { it.name == 'checkout' } == checkedOut

        where:
        pipeline                                  | stage                                    | checkedOut
        ''                                        | ''                                       | true
        'options { skipDefaultCheckout() }'       | ''                                       | false
        'options { skipDefaultCheckout(true) }'   | ''                                       | false
        'options { skipDefaultCheckout(false) }'  | ''                                       | true
        ''                                        | 'options { skipDefaultCheckout() }'      | false
    }

    def 'an environment holds for its pipeline or stage, each variable with those above it'() {
        when:
        run(Written.pipeline('agent any', "environment { A = 'a'\nB = \"\${A}b\" + 'c' }",
            "stages { stage('S') { environment { A = \"\${env.A}2\" }\nsteps { sh 'echo \$A \$B' } }\nstage('T') { steps { sh 'echo \$A \$B' } } }"))

        then:
        build.log.findAll { !it.startsWith('+') } == ['a2 abc', 'a abc']
    }

    @Unroll
    def 'credentials of kind #kind are bound as #script expects'() {
        given:
        build.credential('it', kind: kind)

        when:
        Run run = run(Written.pipeline('agent any', "stages { stage('S') { environment { IT = credentials('it') }\nsteps { sh '${script}' } } }"))

        then:
        run.result == 'SUCCESS'

        where:
        kind                | script
        'string'            | 'set +x; test -n "$IT"'
        'usernamePassword'  | 'set +x; test "$IT" = "$IT_USR:$IT_PSW" && test -n "$IT_PSW"'
        'file'              | 'test -s "$IT"'
        'sshUserPrivateKey' | 'set +x; test -s "$IT" && test -n "$IT_USR" && test -n "$IT_PSW"'
    }

    def 'credentials that have no handler, or that are not there, fail the stage'() {
        expect:
        run(Written.stage('agent any', "environment { IT = credentials('${id}') }", Written.STEPS)).failure.message == message

        where:
        id      | message
        'aws'   | 'No suitable binding handler could be found for type aws.'
        'other' | "Could not find credentials entry with ID 'other'"
    }

    def 'a secret of an environment in an argument of a step is a fault'() {
        given:
        build.credential('it', kind: 'string')

        when:
        run(Written.stage('agent any', "environment { IT = credentials('it') }", 'steps { echo "${IT}" }'))

        then:
        thrown(Fault)
    }

    def 'options wrap in their order: those of a stage its agent, those of the pipeline its environment not'() {
        when:
        run(Written.pipeline('agent none', "options { timeout(time: 1, unit: 'HOURS')\ntimestamps() }", "environment { A = 'b' }",
            "stages { stage('S') { agent any\noptions { lock(resource: 'l')\ntimestamps() }\nsteps { echo 'x' } } }", "post { always { echo 'y' } }"))

        then:
        performed() == ['withEnv [A=b]', 'timeout 1', 'timestamps', 'stage S', 'lock l', 'timestamps', 'node', 'echo x', 'stage Declarative: Post Actions', 'echo y']
        build.steps.findAll { it.name == 'echo' }.every { it.context.limited }
        build.steps.findAll { it.name == 'echo' }*.locks == [['l'], []]
    }
}

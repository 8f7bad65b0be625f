package harness.declarative

import harness.Build
import harness.Fault
import harness.Library
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

/** What a declarative Jenkinsfile is besides its stages: code around it, a job's settings, a program that must be able to go on. */
class DeclarativeProgramSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    private Run run(String text) {
        build.declarative(Written.file(text)) as Run
    }

    @Unroll
    def 'failFast of #stage #options is #failFast'() {
        when:
        run(Written.pipeline('agent none', options, "stages { stage('P') { ${stage}\nparallel { stage('A') { ${Written.STEPS} } } } }"))

        then:
        build.steps.find { it.name == 'parallel' }.arguments.failFast == failFast

        where:
        options                                  | stage            | failFast
        ''                                       | ''               | null
        ''                                       | 'failFast false' | null
        ''                                       | 'failFast true'  | true
        'options { parallelsAlwaysFailFast() }'  | ''               | true
    }

    def 'what stands before the pipeline, and the library, is there in script blocks'() {
        given:
        File folder = build.newFolder('library')
        new File(folder, 'vars').mkdirs()
        new File(folder, 'vars/greet.groovy').text = 'def call(Map args) { echo "hello ${args.who}" }'
        Build other = new Build([:], new Library(folder))

        when:
        Run run = other.declarative(Written.file("@Library('slipway') _\n\nimport groovy.transform.Field\n@Field String greeting = 'bye'\ndef who\n" +
            Written.pipeline('agent none', "libraries { lib('slipway') }",
                "stages { stage('A') { steps { script { who = 'ann' } } }\nstage('B') { steps { greet(who: who)\necho \"\${greeting} \${who}\" } } }"))) as Run

        then:
        run.log == ['hello ann', 'bye ann']

        cleanup:
        other.close()
    }

    def 'what could not be continued after a restart of Jenkins is a fault here, too'() {
        when:
        run(Written.stage("steps { script { ${code} } }"))

        then:
        thrown(Fault)

        where:
        code << ["def m = ('abc' =~ /b/); echo 'x'; echo m[0]", "[2, 1].sort { a, b -> a <=> b }; echo 'x'"]
    }

    def 'the job gets options, triggers and parameters; parameters have their defaults or what was given'() {
        given:
        build.parameters.B = 'given'

        when:
        Run run = run(Written.pipeline('agent none', "options { buildDiscarder(logRotator(numToKeepStr: '9'))\ndisableConcurrentBuilds(abortPrevious: true) }",
            "triggers { cron('H 3 * * *')\ngithubPush() }",
            "parameters { string(name: 'A', defaultValue: 'a')\nstring(name: 'B', defaultValue: 'b')\nchoice(name: 'C', choices: ['c', 'd'])\nbooleanParam(name: 'D') }",
            'stages { stage(\'S\') { steps { echo "${params.A} ${params.B} ${params.C} ${params.D}" } } }'))

        then:
        run.log == ['a given c false']
        run.job.triggers == [cron: ['H 3 * * *'], githubPush: []]
        run.job.settings == [buildDiscarder: [[name: 'logRotator', arguments: [[numToKeepStr: '9']]]], disableConcurrentBuilds: [[abortPrevious: true]]]
        run.job.parameters*.name == ['A', 'B', 'C', 'D']
    }

    @Unroll
    def 'Jenkins would start #name'() {
        expect:
        Written.refusals(new File(Library.FOLDER, name).text) == []

        where:
        name << ['Jenkinsfile', 'Jenkinsfile.drift']
    }
}

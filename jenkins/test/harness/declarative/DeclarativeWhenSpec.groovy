package harness.declarative

import harness.Build
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

/** Whether a stage of a declarative pipeline runs: `when` and `input`. */
class DeclarativeWhenSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    private Run run(String text) {
        build.declarative(Written.file(text)) as Run
    }

    def 'when is asked in the agent, and before agent, input or options if it says so'() {
        given:
        build.answerInput([:])

        when:
        run(Written.stage('agent any', "options { lock('l') }", "input { message 'Go?' }", "when { ${before}\nexpression { echo 'asked'; false } }", Written.STEPS))

        then:
        build.steps.collect { "${it.name} ${it.arguments.values().find() ?: ''}".trim().toString() } == steps

        where:
        before                                  | steps
        ''                                      | ['stage Build', 'lock l', 'input Go?', 'node', 'echo asked']
        'beforeAgent true'                      | ['stage Build', 'lock l', 'input Go?', 'echo asked']
        'beforeInput true\nbeforeAgent true'    | ['stage Build', 'lock l', 'echo asked']
        'beforeOptions true\nbeforeInput true'  | ['stage Build', 'echo asked']
    }

    def 'a condition is asked once, wherever it is asked'() {
        given:
        build.answerInput([:])

        when:
        Run run = run(Written.stage('agent any', "input { message 'Go?' }", "when { ${before}\nexpression { echo 'asked'; true } }", Written.STEPS))

        then:
        run.log == ['asked', 'done']

        where:
        before << ['', 'beforeAgent true', 'beforeInput true', 'beforeInput true\nbeforeAgent true', 'beforeOptions true\nbeforeInput true\nbeforeAgent true']
    }

    /** One stage for each condition, in one build. @return which of them ran */
    private Map<String, Boolean> asked(Collection<String> conditions) {
        List<String> stages = conditions.withIndex().collect { condition, index -> "stage('${index}') { when { ${condition} }\n${Written.STEPS} }".toString() }
        Map<String, String> statuses = run(Written.pipeline('agent none', "stages {\n${stages.join('\n')}\n}")).statuses
        conditions.withIndex().collectEntries { condition, index -> [(condition): statuses["${index}".toString()] == 'SUCCESS'] }
    }

    def 'when a pull request is built'() {
        given:
        build.variables.putAll([BRANCH_NAME: 'feature/one', CHANGE_ID: '7', CHANGE_TARGET: 'main', CHANGE_AUTHOR_EMAIL: 'ann@example.com', A: 'b'])
        build.causes << [_class: 'hudson.triggers.TimerTrigger$TimerTriggerCause']
        build.causes << [_class: 'hudson.model.Cause$UserIdCause', userId: 'ann']
        Map<String, Boolean> expected = [
            "branch 'feature/*'": true,
            "branch 'FEATURE/**'": true,
            "branch 'feature'": false,
            "branch '*'": false,
            "branch pattern: 'f.*e', comparator: 'REGEXP'": true,
            "branch pattern: 'feature/*', comparator: 'EQUALS'": false,
            'changeRequest()': true,
            "changeRequest target: 'main'": true,
            "changeRequest target: 'm*'": false,
            "changeRequest target: 'm*', comparator: 'GLOB'": true,
            "changeRequest authorEmail: 'bob@example.com'": false,
            'buildingTag()': false,
            "tag 'v*'": false,
            "tag ''": false,
            "environment name: 'A', value: 'b'": true,
            "environment name: 'A', value: 'B'": false,
            "environment name: 'A', value: 'B', ignoreCase: true": true,
            "environment name: 'NONE', value: 'b'": false,
            "environment name: 'NONE', value: ''": true,
            'equals expected: 7, actual: currentBuild.number': true,
            "equals expected: '7', actual: currentBuild.number": false,
            "triggeredBy 'TimerTrigger'": true,
            "triggeredBy 'SCMTrigger'": false,
            "triggeredBy cause: 'UserIdCause', detail: 'ann'": true,
            "triggeredBy cause: 'UserIdCause', detail: 'bob'": false,
            "expression { env.A == 'b' }": true,
            'expression { return null }': false,
            "changeRequest()\nbranch 'other'": false,
            "not { branch 'main' }": true,
            "anyOf { branch 'main'\nchangeRequest() }": true,
            "allOf { branch 'main'\nchangeRequest() }": false,
            "not { anyOf { branch 'main'\nallOf { changeRequest()\nnot { branch 'x' } } } }": false,
        ]

        expect:
        asked(expected.keySet()) == expected
    }

    def 'when a tag is built'() {
        given:
        build.variables.TAG_NAME = 'v1.2'
        Map<String, Boolean> expected = ['buildingTag()': true, "tag 'v*'": true, "tag ''": true, "tag 'w*'": false, 'changeRequest()': false]

        expect:
        asked(expected.keySet()) == expected
    }

    @Unroll
    def 'what #input asks for is in the environment of the stage'() {
        given:
        build.answerInput(answer)

        when:
        Run run = run(Written.stage('agent any', "input {\nmessage 'Go?'\n${input}\n}", "steps { sh 'echo \$WHO \$WHY' }"))

        then:
        run.log.last() == said

        where:
        input                                                       | answer                    | said
        "parameters { string(name: 'WHY') }"                        | [WHY: 'must']             | 'must'
        "submitterParameter 'WHO'"                                  | [WHO: 'ann']              | 'ann'
        "submitterParameter 'WHO'\nparameters { string(name: 'WHY') }" | [WHO: 'ann', WHY: 'must'] | 'ann must'
    }
}

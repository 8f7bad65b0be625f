package harness.declarative

import spock.lang.Specification
import spock.lang.Unroll

import static harness.declarative.Written.STEPS
import static harness.declarative.Written.refusals
import static harness.declarative.Written.stage
import static harness.declarative.Written.with

/** A planted fault in what a pipeline or a stage is given, beside what is right. */
class RefusedValuesSpec extends Specification {
    private static final String CONDITIONS = 'allOf, anyOf, branch, buildingTag, changeRequest, changelog, changeset, environment, equals, expression, isRestartedRun, not, tag, triggeredBy'

    private static final String NO_NAME = 'is not a valid identifier and cannot be used for an environment variable. ' +
        'Identifiers must start with a letter or underscore and can contain only letters, numbers or underscores.'

    @Unroll
    def 'of an environment: #broken'() {
        expect:
        refusals(with("environment {\n${broken}\n}")) == messages
        refusals(with("environment {\n${valid}\n}")) == []

        where:
        broken                      | valid                         | messages
        ''                          | "A = 'b'"                     | ['No variables specified for environment']
        "A = 'b'\nA = 'c'"          | "A = 'b'\nB = 'c'"            | ['Duplicate environment variable name: "A"']
        "A = ['b']"                 | 'A = "${env.B}"'              | ['Environment variable values must either be single quoted, double quoted, or function calls.']
        "A = B"                     | 'A = "${B}"'                  | ['Environment variable values must either be single quoted, double quoted, or function calls.']
        "A = 'b' - 'c'"             | "A = 'b' + 'c' + 'd'"         | ['Environment variable values can only be joined together with ‘+’s.']
        "A = 'b' + c"               | 'A = "b" + "${c}"'            | ['Environment variable values to be concatenated together must be single or double quoted.']
        "A = credentials(B)"        | "A = credentials('b')"        | ['Internal function call parameters must be strings.']
        "echo 'b'"                  | "A = 'b'"                     | ['"echo \'b\'" is not a valid environment expression. Use "key = value" pairs with valid Java/shell keys.', 'Expected name=value pairs', 'No variables specified for environment']
        "A_B == 'c'\nD = 'e'"       | "A_B = 'c'"                   | ["\"A_B\" ${NO_NAME}", 'Expected name=value pairs']
        "Ä = 'b'"                   | "_A1 = 'b'"                   | ["\"Ä\" ${NO_NAME}"]
        'A = "${B}"\nB = \'c\''     | 'B = \'c\'\nA = "${B}"'       | ['that A uses B, which is defined below, is valid in Jenkins, but this harness does not model it']
        'A = "${env.B}"\nB = \'c\'' | 'B = \'c\'\nA = "${env.B}"'   | ['that A uses B, which is defined below, is valid in Jenkins, but this harness does not model it']
    }

    @Unroll
    def 'of options: #broken'() {
        expect:
        refusals(with("options {\n${broken}\n}")) == [message]
        refusals(with("options {\n${valid}\n}")) == []

        where:
        broken                                   | valid                                         | message
        ''                                       | 'timestamps()'                                | 'options can not be empty'
        'timestamps()\ntimestamps()'             | 'timestamps()\ndisableResume()'               | 'Duplicate option name: "timestamps"'
        'milestone(1)'                           | "lock('a')"                                   | "Invalid option type \"milestone\". Valid option types: ${Vocabulary.PIPELINE_OPTIONS}"
        'timeout(tme: 1)'                        | "timeout(time: 1, unit: 'HOURS')"             | 'Invalid parameter "tme", did you mean "time"?'
        "timeout(unit: 'HOURS')"                 | 'timeout(1)'                                  | 'Missing required parameter: "time"'
        "timeout(1, 'HOURS')"                    | "timeout(time: 1, unit: 'HOURS')"             | 'Arguments to "timeout" must be explicitly named.'
        "timeout('1')"                           | 'timeout(1)'                                  | 'Expecting "class java.lang.Integer" but got "1" of type class java.lang.String instead'
        "timeout(time: '1')"                     | 'timeout(time: 1)'                            | 'Expecting "class java.lang.Integer" for parameter "time" but got "1" of type class java.lang.String instead'
        'disableConcurrentBuilds(abortPrevious: { true })' | 'disableConcurrentBuilds()'        | 'Method call arguments'
        "timeout(1, unit: 'HOURS')"              | "timeout(time: 1, unit: 'HOURS')"             | 'Cannot mix named and unnamed arguments'
        'timestamps(1)'                          | 'timestamps()'                                | '"timestamps" should have 0 arguments but has 1 arguments instead.'
        "timeout(1) { echo 'a' }"                | 'timeout(1)'                                  | 'Options definitions cannot have blocks'
        "[timeout: 1]"                           | 'timeout(1)'                                  | 'Options cannot be defined as maps'
        "timestamps"                             | 'timestamps()'                                | 'Expected an option'
        "parameters([])"                         | 'skipDefaultCheckout()'                       | 'The "parameters" job property can\'t be used in the "options" directive. Use the "parameters {...}" directive instead.'
        "buildDiscarder()"                       | "buildDiscarder(logRotator(numToKeepStr: '9'))" | 'Missing required parameter: "strategy"'
        "disableConcurrentBuilds(abortPrevious: 'yes')" | 'disableConcurrentBuilds(abortPrevious: true)' | 'Expecting "class java.lang.Boolean" for parameter "abortPrevious" but got "yes" of type class java.lang.String instead'
        "ws('a')"                                | "durabilityHint('MAX_SURVIVABILITY')"         | 'option ws is valid in Jenkins, but this harness does not model it'
        "retry(2)"                               | "quietPeriod(2)"                              | 'option retry is valid in Jenkins, but this harness does not model it'
    }

    @Unroll
    def 'of the options of a stage: #broken'() {
        expect:
        refusals(stage("options { ${broken} }", STEPS)) == ["Invalid option type \"${name}\". Valid option types: ${Vocabulary.STAGE_OPTIONS}"]
        refusals(stage("options { ${valid} }", STEPS)) == []

        where:
        broken                                          | valid                       | name
        "buildDiscarder(logRotator(numToKeepStr: '9'))" | 'timestamps()'              | 'buildDiscarder'
        'disableConcurrentBuilds()'                     | "lock(resource: 'a')"       | 'disableConcurrentBuilds'
        'parallelsAlwaysFailFast()'                     | 'skipDefaultCheckout(true)' | 'parallelsAlwaysFailFast'
    }

    @Unroll
    def 'of a section without a block: #section'() {
        expect:
        refusals(section in ['input', 'when'] ? stage("${section} 'a'", STEPS) : with("${section} 'a'")) == [message]

        where:
        section       | message
        'environment' | 'Expected a block for environment'
        'input'       | 'Expected a block for input'
        'options'     | 'Expected a block for options'
        'parameters'  | 'Expected a block for parameters'
        'post'        | 'Expected a block'
        'tools'       | 'Expected a block for tools'
        'triggers'    | 'Expected a block for triggers'
        'when'        | 'Expected a when condition'
    }

    @Unroll
    def 'of triggers, parameters and tools: #broken'() {
        expect:
        refusals(with(broken)) == [message]
        refusals(with(valid)) == []

        where:
        broken                                      | valid                                             | message
        'triggers { }'                              | "triggers { pollSCM('H/15 * * * *') }"            | 'triggers can not be empty'
        "triggers { corn('@daily') }"               | "triggers { cron('@daily') }"                     | 'Invalid trigger type "corn". Valid trigger types: [cron, githubPush, pollSCM, upstream]'
        "triggers { cron() }"                       | "triggers { cron('@daily') }"                     | 'Missing required parameter: "spec"'
        "triggers { cron('a')\n cron('b') }"        | "triggers { cron('a')\n pollSCM('b') }"           | 'Duplicate trigger name: "cron"'
        "triggers { githubPush(true) }"             | "triggers { upstream(upstreamProjects: 'a') }"    | '"githubPush" should have 0 arguments but has 1 arguments instead.'
        'parameters { }'                            | "parameters { text(name: 'A') }"                  | 'parameters can not be empty'
        "parameters { flag(name: 'A') }"         | "parameters { booleanParam(name: 'A') }"          | 'Invalid parameter type "flag". Valid parameter types: [booleanParam, choice, password, string, text]'
        "parameters { string(nam: 'A', name: 'B') }" | "parameters { string(name: 'A')\n string(name: 'B') }" | 'Invalid parameter "nam", did you mean "name"?'
        "parameters { choice(name: 'A') }"          | "parameters { choice(name: 'A', choices: ['b']) }" | 'Missing required parameter: "choices"'
        'tools { }'                                 | "triggers { cron('a') }"                          | 'No tools specified'
        "tools { node '24' }"                       | "triggers { cron('a') }"                          | 'Invalid tool type "node". Valid tool types: [git, jdk, maven]'
        'tools { jdk }'                             | "triggers { cron('a') }"                          | 'Expected to find ‘someTool "someVersion"’'
        "tools { jdk '17', '18' }"                  | "triggers { cron('a') }"                          | 'Too many arguments for tool "jdk"'
        "tools { jdk '17' }"                        | "triggers { cron('a') }"                          | 'Tool type "jdk" does not have an install of "17" configured - did you mean "null"?'
    }

    @Unroll
    def 'of when: #broken'() {
        expect:
        refusals(stage("when { ${broken} }", STEPS)) == [message]
        refusals(stage("when { ${valid} }", STEPS)) == []

        where:
        broken                              | valid                                       | message
        ''                                  | "branch 'main'"                             | 'Empty when closure, remove the property or add some content.'
        'beforeAgent true'                  | "beforeAgent true\nbranch 'main'"           | 'Empty when closure, remove the property or add some content.'
        "beforeInput 'yes'\nbranch 'main'"  | "beforeInput true\nbranch 'main'"           | 'Expected a boolean with beforeInput'
        "brnch 'main'"                      | "branch pattern: 'm.*', comparator: 'REGEXP'" | "Unknown conditional brnch. Valid conditionals are: ${CONDITIONS}"
        "anyOf { beforeAgent true }"        | "anyOf { branch 'a'\nbranch 'b' }"          | "Unknown conditional beforeAgent. Valid conditionals are: ${CONDITIONS}"
        'anyOf { }'                         | "allOf { branch 'a' }"                      | 'Nested when condition "anyOf" requires at least one child condition.'
        "not { branch 'a'\nbranch 'b' }"    | "not { branch 'a' }"                        | 'Nested when condition "not" requires exactly 1 child condition(s).'
        "allOf('a') { branch 'a' }"         | "allOf { not { branch 'a' } }"              | 'No additional arguments are allowed for children when condition "allOf".'
        "branch { branch 'a' }"             | "branch 'a'"                                | 'No children when conditions are allowed for when condition "branch".'
        "environment name: 'A'"             | "environment name: 'A', value: 'b'"         | 'Missing required parameter: "value"'
        "changeRequest targt: 'main'"       | "changeRequest target: 'main'"              | 'Invalid parameter "targt", did you mean "target"?'
        "expression true"                   | "expression { true }"                       | 'When step without a block'
        "env.A == 'b'"                      | "expression { env.A == 'b' }"               | 'Expected a when condition'
        "changelog 'a'"                     | "triggeredBy 'TimerTrigger'"                | 'condition changelog is valid in Jenkins, but this harness does not model it'
    }

    @Unroll
    def 'of input: #broken'() {
        expect:
        refusals(stage("input { ${broken} }", STEPS)) == [message]
        refusals(stage("input { ${valid} }", STEPS)) == []

        where:
        broken                          | valid                                      | message
        "ok 'Go'"                       | "message 'Deploy?'\nok 'Go'"               | 'No message specified for input'
        "message 'a'\nmessage 'b'"      | "message 'a'\nid 'b'"                      | 'Multiple occurrences of the message section'
        "message 'a'\nsubmiter 'ann'"   | "message 'a'\nsubmitter 'ann'"             | 'Not a valid field for input: "submiter"'
        "message 'a'\nok = 'Go'"        | "message 'a'\nok 'Go'"                     | 'Not a valid section definition: "ok = \'Go\'". Some extra configuration is required.'
        "message 'a'\nok()"             | "message 'a'\nok 'Go'"                     | 'No argument for field "ok"'
        "message 'a'\nparameters { strng(name: 'A') }" | "message 'a'\nparameters { string(name: 'A') }" | 'Invalid parameter type "strng". Valid parameter types: [booleanParam, choice, password, string, text]'
    }

    @Unroll
    def 'of post: #broken'() {
        expect:
        refusals(with("post { ${broken} }")) == [message]
        refusals(with("post { ${valid} }")) == []

        where:
        broken                                           | valid                                             | message
        ''                                               | "always { echo 'a' }"                             | 'post can not be empty'
        "failed { echo 'a' }"                            | "failure { echo 'a' }"                            | "Invalid condition \"failed\" - valid conditions are ${Vocabulary.POST}"
        "always { echo 'a' }\nalways { echo 'b' }"       | "always { echo 'a' }\ncleanup { echo 'b' }"       | 'Duplicate build condition name: "always"'
        "always { echo 'a' }\necho 'b'"                  | "always { echo 'a' }"                             | "The ‘post’ section can only contain build condition names with code blocks. Valid condition names are ${Vocabulary.POST}"
        "always { def a = 1 }"                           | "always { script { def a = 1 } }"                 | 'Expected a step'
        "always { }"                                     | "always { echo 'a' }"                             | 'No steps specified for branch'
    }
}

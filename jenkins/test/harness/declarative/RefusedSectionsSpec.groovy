package harness.declarative

import spock.lang.Specification
import spock.lang.Unroll

import static harness.declarative.Written.STAGES
import static harness.declarative.Written.STEPS
import static harness.declarative.Written.pipeline
import static harness.declarative.Written.refusals
import static harness.declarative.Written.stage
import static harness.declarative.Written.with

/** A planted fault in the parts of a pipeline, of stages and of steps, beside what is right. */
class RefusedSectionsSpec extends Specification {
    @Unroll
    def 'of a pipeline: #message'() {
        expect:
        refusals(broken) == [message]
        refusals(valid) == []

        where:
        broken                                                        | valid                                   | message
        pipeline('agent none')                                        | pipeline('agent none', STAGES)          | 'Missing required section "stages"'
        pipeline(STAGES)                                              | pipeline('agent any', STAGES)           | 'Missing required section "agent"'
        with("stagess { stage('One') { ${STEPS} } }")                 | with("triggers { githubPush() }")       | 'Undefined section "stagess"'
        with('agent any')                                             | pipeline('agent any', STAGES)           | 'Multiple occurrences of the agent section'
        with('def x = 1')                                             | "def x = 1\n${pipeline('agent none', STAGES)}" | 'Not a valid section definition: "def x = 1". Some extra configuration is required.'
        "node { ${pipeline('agent none', STAGES)} }\n${pipeline('agent none', STAGES)}" | pipeline('agent none', STAGES) | 'pipeline block must be at the top-level, not within another block.'
        "${pipeline('agent none', STAGES)}\n${pipeline('agent none', STAGES)}" | pipeline('agent none', STAGES) | 'Only one pipeline { ... } block can be executed in a single run.'
        "node { sh 'true' }"                                          | pipeline('agent none', STAGES)          | 'no pipeline {…} block: not a declarative pipeline'
        'pipeline()'                                                  | pipeline('agent none', STAGES)          | 'Expected a block with the "pipeline" step'
        with('libraries { lib("other") }')                            | with('libraries { lib("slipway@v1") }') | 'Could not find any definition of libraries [other]'
        with('libraries { load("slipway") }')                         | with('libraries { lib("slipway") }')    | 'Expected a "lib(...)" but got load("slipway")'
        with('libraries { }')                                         | with('libraries { lib("slipway@v1") }') | 'libraries can not be empty'
        with('libraries "slipway"')                                   | with('libraries { lib("slipway") }')    | 'Expected a block for libraries'
    }

    @Unroll
    def 'of an agent: #message'() {
        expect:
        refusals(pipeline(broken, STAGES)) == [message]
        refusals(pipeline(valid, STAGES)) == []

        where:
        broken                                   | valid                                  | message
        'agent slipway'                          | 'agent any'                            | 'Only "agent none", "agent any" or "agent {...}" are allowed.'
        'agent()'                                | 'agent none'                           | 'No argument for agent'
        "agent { lable 'slipway' }"              | "agent { label 'slipway' }"            | 'Invalid agent type "lable" specified. Must be one of [any, docker, dockerfile, label, none]'
        "agent { label 'a'\n label 'b' }"        | 'agent { label "${env.LABEL}" }'       | 'Only one agent type is allowed per agent section'
        'agent { any }'                          | 'agent any'                            | 'Expected an agent'
        'agent { label() }'                      | "agent { label 'a' }"                  | 'No argument for map key "label"'
        "agent { label 'a', 'b' }"               | "agent { label 'a && b' }"             | 'Too many arguments for map key "label"'
        'agent { node { } }'                     | "agent { node { label 'a' } }"         | 'Missing required parameter for agent type "node": label'
        "agent { node { label 'a'\n name 'b' } }" | "agent { node { label 'a' } }"        | 'Invalid config option "name" for agent type "node". Valid config options are [label, customWorkspace]'
        "agent { node 'a' }"                     | "agent { node { label 'a' } }"         | 'Expected to find ‘someKey "someValue"’'
        "agent { docker 'node:24' }"             | "agent { label 'docker' }"             | 'agent docker is valid in Jenkins, but this harness does not model it'
        "agent { node { label 'a'\n customWorkspace 'b' } }" | "agent { node { label 'a' } }" | 'customWorkspace is valid in Jenkins, but this harness does not model it'
    }

    @Unroll
    def 'of stages: #message'() {
        expect:
        refusals(pipeline('agent none', "stages {\n${broken}\n}")) == [message]
        refusals(pipeline('agent none', "stages {\n${valid}\n}")) == []

        where:
        broken                                                       | valid                                         | message
        ''                                                           | "stage('A') { ${STEPS} }"                     | 'No stages specified'
        "stage('A') { ${STEPS} }\nstage('A') { ${STEPS} }"           | "stage('A') { ${STEPS} }\nstage('B') { ${STEPS} }" | 'Duplicate stage name: "A"'
        "step('A') { ${STEPS} }"                                     | "stage('A') { ${STEPS} }"                     | 'Expected a stage'
        "stage { ${STEPS} }"                                         | "stage('A') { ${STEPS} }"                     | 'Expected a stage name but did not find any'
        "stage(\"A \${env.B}\") { ${STEPS} }"                        | "stage(\"A\") { ${STEPS} }"                   | 'Expected string literal'
        "stage('A')"                                                 | "stage('A') { ${STEPS} }"                     | 'Stage does not have a block'
        "stage('A') { }"                                             | "stage('A') { ${STEPS} }"                     | 'Expected one of "steps", "stages", or "parallel" for stage "A"'
        "stage('A') { ${STEPS}\n${STAGES} }"                         | "stage('A') { ${STAGES} }"                    | 'Only one of "parallel", "stages", or "steps" allowed for stage "A"'
        "stage('A') { ${STEPS}\n${STEPS} }"                          | "stage('A') { ${STEPS} }"                     | 'Multiple occurrences of the steps section'
        "stage('A') { step { echo 'x' }\n${STEPS} }"                 | "stage('A') { ${STEPS} }"                     | 'Unknown stage section "step". Starting with version 0.5, steps in a stage must be in a ‘steps’ block.'
        "stage('A') { ${STEPS}\nenv.A = 'b' }"                       | "stage('A') { ${STEPS}\nenvironment { A = 'b' } }" | 'Not a valid stage section definition: "env.A = \'b\'". Some extra configuration is required.'
        "stage('A') { agent any\nparallel { stage('B') { ${STEPS} } } }" | "stage('A') { parallel { stage('B') { agent any\n${STEPS} } } }" | '"agent" is not allowed in stage "A" as it contains parallel stages'
        "stage('A') { parallel { stage('B') { parallel { stage('C') { ${STEPS} } } } } }" | "stage('A') { parallel { stage('B') { stages { stage('C') { ${STEPS} } } } } }" | 'Parallel stages or branches can only be included in a top-level stage.'
        "stage('A') { parallel { stage('B') { stages { stage('C') { parallel { stage('D') { ${STEPS} } } } } } } }" | "stage('A') { stages { stage('C') { parallel { stage('D') { ${STEPS} } } } } }" | 'Parallel stages or branches can only be included in a top-level stage.'
        "stage('A') { failFast 'yes'\nparallel { stage('B') { ${STEPS} } } }" | "stage('A') { failFast true\nparallel { stage('B') { ${STEPS} } } }" | 'Expected a boolean with failFast'
        "stage('A') { steps 'B' }"                                   | "stage('A') { ${STEPS} }"                     | 'Expected a block for steps'
        "stage('A') { parallel 'B' }"                                | "stage('A') { parallel { stage('B') { ${STEPS} } } }" | 'Expected a block for parallel'
        "stage('A') { matrix { } }"                                  | "stage('A') { ${STEPS} }"                     | 'matrix is valid in Jenkins, but this harness does not model it'
    }

    def 'sections of a stage in one line are one chained call'() {
        expect:
        refusals(pipeline('agent none', "stages { stage('A') { agent { label 'a' } ${STEPS} } }")).contains('Expected a symbol')
        refusals(pipeline('agent none', "stages { stage('A') { agent { label 'a' }\n${STEPS} } }")) == []
    }

    @Unroll
    def 'of steps: #message'() {
        expect:
        refusals(stage("steps {\n${broken}\n}")) == [message]
        refusals(stage("steps {\n${valid}\n}")) == []

        where:
        broken                              | valid                                   | message
        ''                                  | "echo 'a'"                              | 'No steps specified for branch'
        "def a = 'b'"                       | "script { def a = 'b' }"                | 'Expected a step'
        "if (env.A) { echo 'b' }"           | "script { if (env.A) { echo 'b' } }"    | 'Expected a step'
        "env.A = 'b'"                       | "script { env.A = 'b' }"                | 'Expected a step'
        "delivery.test()"                   | "script { delivery.test() }"            | 'Method calls on objects not allowed outside "script" blocks.'
        "withEnv(['A=b']) { def c = 1 }"    | "withEnv(['A=b']) { echo 'c' }"         | 'Expected a step'
        "stage('C') { echo 'd' }"           | "script { stage('C') { echo 'd' } }"    | 'Invalid step "stage" used - not allowed in this context - The stage step cannot be used in Declarative Pipelines'
        "echo 'a'\nparallel a: { echo 'b' }" | "script { parallel a: { echo 'b' } }"  | 'Invalid step "parallel" used - not allowed in this context - The parallel step can only be used as the only top-level step in a stage\'s step block'
        "pipeline { agent any }"            | "echo 'a'"                              | 'pipeline block must be at the top-level, not within another block.'
        'properties([])'                    | "echo 'a'"                              | 'Invalid step "properties" used - not allowed in this context - The properties step cannot be used in Declarative Pipelines'
        "script 'a'"                        | "script { echo 'a' }"                   | 'Script step without a block'
    }
}

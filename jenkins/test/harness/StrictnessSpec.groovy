package harness

import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

class StrictnessSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    @Unroll
    def 'refuses #what'() {
        when:
        build.run(pipeline)
        then:
        Fault fault = thrown()
        fault.message.contains(told)
        where:
        what                              | pipeline                                                                     | told
        'an unknown step'                 | 'ech "x"'                                                                    | "No such DSL method 'ech' found among steps"
        'an unknown parameter'            | 'echo text: "x"'                                                             | 'Unknown parameter(s) found for step echo: text'
        'a missing parameter'             | 'node("a") { writeFile file: "x" }'                                          | 'writeFile: missing required parameter text'
        'a parameter of another type'     | 'timeout(time: "5") { }'                                                     | 'timeout.time: expected int, got String 5'
        'a value that is none of the set' | 'timeout(time: 5, unit: "minutes") { }'                                      | 'timeout.unit: minutes is none of'
        'two values without names'        | 'echo "a", "b"'                                                              | 'echo: Expected named arguments'
        'a value where names are needed'  | 'mail "ann"'                                                                 | 'mail: Expected named arguments'
        'a body that is missing'          | 'stage("x")'                                                                 | 'There is no body to invoke: stage'
        'a body that nobody runs'         | 'echo("x") { }'                                                              | 'echo: takes no body'
        'sh outside of a node'            | 'sh "true"'                                                                  | 'Perhaps you forgot to surround the sh step with a step that provides this, such as: node'
        'readFile outside of a node'      | 'readFile "x"'                                                               | 'readFile step with'
        'status and stdout at once'       | 'node("a") { sh script: "true", returnStatus: true, returnStdout: true }'    | 'both returnStdout and returnStatus'
        'milestones out of order'         | 'milestone(2); milestone(2)'                                                 | 'Invalid ordinal 2, as the previous one was 2'
        'a milestone in a branch'         | 'parallel a: { milestone(1) }'                                               | 'inside parallel is not allowed'
        'a lock that waits for itself'    | 'lock("a") { lock("a") { } }'                                                | 'it would wait for itself'
        'locks that wait for each other'  | 'parallel a: { lock("x") { echo "1"; lock("y") { } } }, b: { lock("y") { echo "2"; lock("x") { } } }' | 'nothing goes on; waiting: lock, lock'
        'parallel without branches'       | 'parallel failFast: 1'                                                       | 'Expected a closure or failFast but found failFast=1'
        'withEnv without a name'          | 'withEnv(["X"]) { }'                                                         | 'X is no NAME=value'
        'a condition that is none'        | 'retry(count: 2, conditions: [string(name: "x")]) { }'                       | 'string is no condition'
        'an unknown binding'              | 'withCredentials([choice(name: "x")]) { }'                                   | 'withCredentials: choice is none of'
        'a binding without its variable'  | 'withCredentials([string(credentialsId: "docker-hub")]) { }'                 | 'string needs variable'
        'an unknown part of a binding'    | 'withCredentials([[$class: "AmazonWebServicesCredentialsBinding", credentialsId: "aws", region: "x"]]) { }' | 'has no region'
        'an unknown parameter of a symbol' | 'withCredentials([string(credentialsId: "docker-hub", name2: "x")]) { }'    | 'Unknown parameter(s) found for string: name2'
        'a secret file outside of a node' | 'withCredentials([file(credentialsId: "kubeconfig-kind", variable: "X")]) { }' | 'a secret file needs a node'
        'a question that nobody answers'  | 'input "sure?"'                                                              | 'nobody answers'
        'another library'                 | "library 'other'"                                                            | 'Could not find any definition of libraries [other]'
        'another library, annotated'      | "@Library('other') _"                                                        | 'Could not find any definition of libraries [other]'
        'an unknown scm'                  | 'node("a") { checkout([$class: "SubversionSCM"]) }'                          | 'SubversionSCM is neither'
        'an unknown extension'            | 'node("a") { checkout([$class: "GitSCM", branches: [[name: "main"]], userRemoteConfigs: [[url: "/x"]], extensions: [[$class: "Clone"]]]) }' | 'Clone is none of'
    }

    @Unroll
    def 'refuses an answer that #what'() {
        build.answerInput(answer)
        when:
        build.run('input message: "sure?", submitter: "ann,bob", submitterParameter: "WHO", parameters: [string(name: "WHY"), choice(name: "HOW", choices: ["fast", "slow"])]')
        then:
        Fault fault = thrown()
        fault.message.contains(told)
        where:
        what                           | answer                                      | told
        'misses a parameter'           | [WHO: 'ann', WHY: 'x']                      | 'input asks for [WHY, HOW, WHO]'
        'is of another type'           | [WHO: 'ann', WHY: 1, HOW: 'fast']           | 'input WHY: expected String'
        'is none of the choices'       | [WHO: 'ann', WHY: 'x', HOW: 'soon']         | 'input HOW: soon is none of fast, slow'
        'comes from somebody else'     | [WHO: 'eve', WHY: 'x', HOW: 'fast']         | 'You need to be ann,bob to submit this'
    }

    def 'no catch of a pipeline sees a fault'() {
        when:
        build.run('try { ech "x" } catch (Throwable t) { }')
        then:
        thrown(Fault)
    }

    def 'refuses a spec that knows another harness'() {
        when:
        action.call(build)
        then:
        thrown(Fault)
        where:
        action << [
            { Build it -> it.interrupt(steps: 1) }, { Build it -> it.answer('crane digest', output: 'x') }, { Build it -> it.scm(urls: 'x') },
            { Build it -> it.onStep('shh') { } }, { Build it -> it.credential('x', kind: 'text') }, { Build it -> it.credential('x', kind: 'string', text: 'y') },
        ]
    }
}

package harness

import hudson.AbortException
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

/** Where the interpreter stops a program that Jenkins would not go on from, and where it must not. */
class MachineSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    @Unroll
    def 'stops #what'() {
        when:
        build.run(pipeline)
        then:
        Fault fault = thrown()
        fault.message.contains(told)
        where:
        what                          | pipeline                                                                   | told
        'a matcher kept over a step'  | 'def m = "abc" =~ /b/; echo "x"; echo m[0]'                                | 'NotSerializableException: java.util.regex.Matcher'
        'lazy JSON kept over a step'  | 'def j = new groovy.json.JsonSlurper().parseText("{}"); echo "x"; echo "$j"' | 'NotSerializableException: groovy.json.internal.LazyMap'
        'a map that is iterated'      | 'for (e in [a: 1]) { echo "x" }'                                           | 'NotSerializableException: java.util.LinkedHashMap$'
        'sort with a closure'         | '[2, 1].sort { a, b -> a <=> b }; echo "x"'                                | 'wound up catching'
        'a step in @NonCPS'           | '@NonCPS def f() { echo "x" }\nf(); echo "y"'                              | 'expected to call'
        'a step in a constructor'     | 'class A implements Serializable { A(s) { s.echo "x" } }\nnew A(this); echo "y"' | 'expected to call'
        'a step in a lazy GString'    | 'def g = "${-> echo("x")}"; echo g.toString()'                             | 'pipeline code was called by code that is none'
        'eachLine with a step'        | '"a\\nb".eachLine { echo it }; echo "y"'                                   | 'expected to call'
    }

    @Unroll
    def 'goes on with #what'() {
        expect:
        build.run(pipeline)
        build.log == log
        where:
        what                          | pipeline                                                                   | log
        'each over a list'            | '["a", "b"].each { echo it }; true'                                        | ['a', 'b']
        'for over a list'             | 'for (x in ["a", "b"]) { echo x }; true'                                   | ['a', 'b']
        'for over an array'           | 'for (x in "a b".split(" ")) { echo x }; true'                             | ['a', 'b']
        'for over a set'              | 'for (x in (["a"] as Set)) { echo x }; true'                               | ['a']
        'for over keys'               | 'for (x in [a: 1].keySet()) { echo x }; true'                              | ['a']
        'for over values'             | 'for (x in [a: "b"].values()) { echo x }; true'                            | ['b']
        'for over entries'            | 'for (e in [a: 1].entrySet()) { echo e.key }; true'                        | ['a']
        'collect with steps'          | '["a"].collect { echo it; it + it }.each { echo it }; true'                | ['a', 'aa']
        'a field of the script'       | 'import groovy.transform.Field\n@Field int n = 0\ndef f() { n = n + 1 }\nf(); echo "x"; f(); echo "$n"; true' | ['x', '2']
        'a body that runs again'      | 'def n = 0; retry(3) { n = n + 1; echo "$n"; if (n < 3) error "no" }; echo "after $n"; true' | ['1', 'ERROR: no', 'Retrying', '2', 'ERROR: no', 'Retrying', '3', 'after 3']
        'a body that had to wait'     | 'def n = 0; parallel a: { lock("x") { echo "a"; n = n + 1; echo "a" } }, b: { lock("x") { echo "${n}" } }; true' | ['a', 'a', '1']
        'a closure kept over a step'  | 'int n = 0; def add = { n = n + it }; echo "x"; add(2); echo "$n"; true'   | ['x', '2']
        'an object kept over a step'  | 'class A { int n = 1 }\ndef a = new A(); echo "x"; a.n = 3; echo "${a.n}"; true' | ['x', '3']
        'catch and finally'           | 'try { error "no" } catch (e) { echo e.message } finally { echo "z" }; true' | ['no', 'z']
        'a variable of the build'     | 'echo BRANCH_NAME; echo env.BRANCH_NAME; env.X = 1; echo X; true'          | ['main', 'main', '1']
        'steps by their object'       | 'steps.echo "x"; def s = this; s.echo "y"; true'                           | ['x', 'y']
    }

    def 'branches interleave, a step of one after a step of another'() {
        when:
        build.run('def r = [:]; parallel a: { echo "a1"; echo "a2"; r.a = 1 }, b: { echo "b1"; r.b = 2 }; echo "${r.a}${r.b}"')
        then:
        build.log == ['a1', 'b1', 'a2', '12']
    }

    def 'two builds share no state of a pipeline'() {
        given:
        String pipeline = 'import groovy.transform.Field\n@Field List seen = []\nseen << 1; echo "${seen.size()}"'
        when:
        build.run(pipeline)
        build.run(pipeline)
        then:
        build.log == ['1', '1']
    }

    def 'an unset variable is null in env and a mistake by its bare name'() {
        when:
        build.run('echo "${env.NOTHING}"; echo NOTHING')
        then:
        thrown(MissingPropertyException)
        build.log[0] == 'null'
    }

    def 'throws what the pipeline did not catch, and the build has failed'() {
        when:
        build.run('error "no"')
        then:
        thrown(AbortException)
        build.result == 'FAILURE'
        build.log == ['ERROR: no']
    }
}

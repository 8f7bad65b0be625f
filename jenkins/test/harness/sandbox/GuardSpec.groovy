package harness.sandbox

import harness.Build
import harness.Fault
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

class GuardSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    @Unroll
    def 'refuses #refused'() {
        when:
        build.run(pipeline)

        then:
        Fault fault = thrown()
        fault.message.contains("Scripts not permitted to use ${refused}")

        where:
        pipeline                                                    | refused
        "new File('/etc/passwd')"                                   | 'new java.io.File java.lang.String'
        "System.getenv('HOME')"                                     | 'staticMethod java.lang.System getenv java.lang.String'
        "'id'.execute()"                                            | 'staticMethod org.codehaus.groovy.runtime.ProcessGroovyMethods execute java.lang.String'
        "'a'.class.classLoader"                                     | 'method java.lang.Class getClassLoader'
        "['a'].withIndex()"                                         | 'staticMethod org.codehaus.groovy.runtime.DefaultGroovyMethods withIndex java.lang.Iterable'
        "System.out"                                                | 'staticField java.lang.System out'
        "new Date().time = 1"                                       | 'new java.util.Date'
        "Thread.currentThread().name = 'a'"                         | 'method java.lang.Thread setName java.lang.String'
        "@NonCPS def quick() { new File('/etc/passwd') }\nquick()"  | 'new java.io.File java.lang.String'
    }

    def 'refuses what a pipeline tries to hide'() {
        when:
        build.run("try { System.getenv('HOME') } catch (Throwable refused) { echo 'nothing happened' }")

        then:
        thrown(Fault)
    }

    @Unroll
    def 'allows #pipeline'() {
        when:
        build.run(pipeline)

        then:
        noExceptionThrown()

        where:
        pipeline << [
            "[a: 1].each { name, value -> echo name + value }",
            'echo "${1 + 1} ${[1, 2].collect { it * 2 }.join(\',\')}"',
            "Map named = [:]; named.a = 1; named['b'] = 2; echo named.a.toString()",
            "env.A = 'a'; echo env.A; echo currentBuild.currentResult",
            "class Own implements Serializable { int size = 1; int twice() { size * 2 } }\nOwn own = new Own(); own.size = 2; echo own.twice().toString()",
        ]
    }
}

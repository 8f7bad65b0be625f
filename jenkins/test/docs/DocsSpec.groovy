package docs

import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Unroll

class DocsSpec extends Specification {
    private static final File JENKINS = new File(System.getProperty('slipway.jenkins'))
    @Shared Map<String, Class> tables = new StepDocs(JENKINS).tables

    /** `npm run jenkins:docs` */
    def setupSpec() {
        if (System.getProperty('slipway.docs') == 'write') new StepDocs(JENKINS).files.each { File file, String text -> file.text = text }
    }

    def 'J19: every var has a table, and every table a var'() {
        expect:
        tables.keySet() as List == new File(JENKINS, 'vars').list().findAll { it.endsWith('.groovy') }*.replace('.groovy', '').sort()
    }

    def 'J19: the help in Jenkins and the page say what the tables say (npm run jenkins:docs writes them)'() {
        expect:
        stale() == []
    }

    def 'no help is left of a step that is gone'() {
        expect:
        new File(JENKINS, 'vars').list().findAll { it.endsWith('.txt') }*.replace('.txt', '') - tables.keySet() == []
    }

    @Unroll
    def 'J19: every argument of #step says what it is, and either is required, with an example, or has a default'() {
        expect:
        incomplete(tables[step].ARGUMENTS) == []

        where:
        step << new StepDocs(JENKINS).tables.keySet()
    }

    @Unroll
    def 'the defaults of #step are values that it would accept'() {
        given:
        Class arguments = tables[step].classLoader.loadClass('slipway.Arguments')
        Map table = tables[step].ARGUMENTS.collectEntries { String name, Map argument -> [(name): argument + [required: false]] }

        expect:
        arguments.faults(step, table, arguments.values(table, [:]).findAll { it.value || it.value == false }) == []

        where:
        step << new StepDocs(JENKINS).tables.keySet()
    }

    private static List<String> stale() {
        new StepDocs(JENKINS).files.findAll { File file, String text -> !file.file || file.text != text }*.key*.name
    }

    /** A closure without a default is none. */
    private static List<String> incomplete(Map table) {
        table.collectMany { String name, Map argument ->
            boolean complete = argument.says && (argument.required ? argument.example || argument.of : argument.containsKey('byDefault') || argument.type == Closure)
            (complete ? [] : [name]) + (argument.of instanceof Map ? incomplete(argument.of as Map) : [])
        }
    }
}

package docs

import harness.Folder
import org.codehaus.groovy.runtime.InvokerHelper

/** The help of every step (vars/<step>.txt) and docs/jenkins-steps.md, made of the tables that the steps read their arguments by. */
class StepDocs {
    private final File jenkins

    StepDocs(File jenkins) {
        this.jenkins = jenkins
    }

    /** What each file has to be, by file. */
    Map<File, String> getFiles() {
        Map<File, String> files = tables.collectEntries { String step, Class table -> [(new File(jenkins, "vars/${step}.txt")): help(step, table)] }
        files + [(new File(jenkins, '../docs/jenkins-steps.md').canonicalFile): page]
    }

    /** Classes with a step's table, by step, in the order of their names. */
    Map<String, Class> getTables() {
        GroovyClassLoader loader = new GroovyClassLoader(StepDocs.classLoader)
        File src = new File(jenkins, 'src')
        loader.addURL(src.toURI().toURL())
        List<String> names = Folder.files(src)*.path.findAll { it.endsWith('.groovy') }*.substring(src.path.length() + 1)*.replace('.groovy', '')*.replace('/', '.')
        List<Class> classes = names.collect { loader.loadClass(it) }.findAll { it.declaredFields*.name.contains('STEP') }
        new TreeMap<String, Class>(classes.groupBy { it.STEP }.collectEntries { String step, List<Class> of ->
            if (of.size() > 1) throw new IllegalStateException("step ${step} has several tables: ${of*.name.join(', ')}")
            [(step): of[0]]
        })
    }

    private static String help(String step, Class table) {
        List<String> arguments = rows('', table.ARGUMENTS).collect { String path, String type, String byDefault, String says ->
            "${path}: ${type}, ${byDefault == 'required' ? byDefault : "default ${byDefault}"}. ${says}".toString()
        }
        ([table.SAYS, '', example(step, table.ARGUMENTS), ''] + (arguments ?: ['It has no arguments.']) + ['']).join('\n')
    }

    private String getPage() {
        List<String> head = [
            '# Steps of the shared library',
            '',
            'Made by `npm run jenkins:docs` of the tables that the steps read their arguments by; a test holds this page, the help in Jenkins',
            '(`vars/<step>.txt`) and the tables equal. Arguments are named. A wrong one fails the step before it does anything, with every fault at once',
            'and the nearest name. `null` counts as not given.',
        ]
        (head + tables.collectMany { String step, Class table -> section(step, table) } + ['']).join('\n')
    }

    private static List<String> section(String step, Class table) {
        List<String> arguments = rows('', table.ARGUMENTS).collect { String path, String type, String byDefault, String says ->
            "| `${path}` | ${type} | ${byDefault} | ${markdown(says)} |".toString()
        }
        ['', "## ${step}".toString(), '', markdown(table.SAYS), '', '```groovy', example(step, table.ARGUMENTS), '```', ''] +
            (arguments ? ['| argument | type | default | what |', '| --- | --- | --- | --- |'] + arguments : ['It has no arguments.'])
    }

    /** Outside of code, `<` would begin a tag. */
    private static String markdown(String text) {
        List<String> parts = text.split('`', -1) as List
        parts.withIndex().collect { String part, int index -> index % 2 ? part : part.replace('<', '\\<') }.join('`')
    }

    /** A call with what is required, and with nothing else. */
    private static String example(String step, Map table) {
        "${step}(${table.findAll { it.value.required }.collect { name, argument -> "${name}: ${argument.example}" }.join(', ')})"
    }

    /** Path, type, default and meaning of every argument, those inside of others after them. */
    private static List<List<String>> rows(String prefix, Map table) {
        table.collectMany { String name, Map argument ->
            String path = prefix + name
            [[path, type(argument), byDefault(argument), says(argument)]*.toString()] + inside(path, argument)
        }
    }

    private static List<List<String>> inside(String path, Map argument) {
        if (!(argument.of instanceof Map)) return []
        rows(argument.type == List ? "${path}[]." : "${path}.", argument.of as Map)
    }

    private static String type(Map argument) {
        argument.of instanceof Class ? "${argument.type.simpleName} of ${argument.of.simpleName}" : argument.type.simpleName
    }

    private static String byDefault(Map argument) {
        if (argument.required) return 'required'
        argument.byDefault == null ? 'none' : "`${InvokerHelper.inspect(argument.byDefault)}`"
    }

    private static String says(Map argument) {
        List<String> parts = [argument.says]
        if (argument.oneOf) parts << "one of ${argument.oneOf.join(', ')}".toString()
        if (argument.min != null || argument.max != null) parts << [argument.min == null ? null : "at least ${argument.min}", argument.max == null ? null : "at most ${argument.max}"].findAll().join(', ')
        if (argument.example && !argument.required) parts << "for instance `${argument.example}`".toString()
        parts.join('; ')
    }
}

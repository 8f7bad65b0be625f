package gates.codenarc

import spock.lang.Shared
import spock.lang.Specification

class LintSpec extends Specification {
    private static final File JENKINS = new File(System.getProperty('slipway.jenkins')).canonicalFile

    @Shared
    Lint library = new Lint(groovyOfJenkins())
    @Shared
    Lint faults = new Lint(new File(JENKINS, 'test/gates/codenarc/faults').listFiles().toList())

    def 'the library and the Jenkinsfiles hold every rule'() {
        given:
        String findings = Allowances.left(library.findings).join('\n')

        expect:
        findings == ''
    }

    def 'every allowance is needed'() {
        given:
        List<Map<String, String>> unused = Allowances.unused(library.findings)

        expect:
        unused.empty
    }

    def 'every file is judged: one that does not compile is a finding'() {
        given:
        List<File> files = groovyOfJenkins()
        List<File> passedOver = files - library.judged

        expect:
        files.size() > 20
        passedOver.empty
    }

    def 'each planted fault is found on its line, by its rule, and nothing else is'() {
        given:
        List<String> found = faults.findings.collect { "${it.file}:${it.line} ${it.rule}".toString() }
        List<String> missed = planted() - found
        List<String> unmeant = found - planted()

        expect:
        missed.empty
        unmeant.empty
    }

    def 'no rule is without a planted fault'() {
        given:
        List<String> rules = HouseRules.ALL*.name - faults.findings*.rule

        expect:
        rules.empty
    }

    def 'an excuse in the source excuses nothing'() {
        given:
        File excused = File.createTempFile('excused', '.groovy')
        excused.text = "@SuppressWarnings('SwallowedAbort')\nvoid act() { try { sh 'a' } catch (Exception failed) { echo failed.message } }"

        expect:
        new Lint([excused]).findings*.rule == ['SwallowedAbort']

        cleanup:
        excused.delete()
    }

    /** As git knows them, so that the list is another's than the file system's. */
    private static List<File> groovyOfJenkins() {
        String listed = ['git', 'ls-files', '--cached', '--others', '--exclude-standard', '--', 'vars', 'src', 'Jenkinsfile*', 'test/fixtures/*Jenkinsfile*'].execute(null, JENKINS).text
        listed.readLines().findAll { it =~ /(\.groovy|(^|\/)Jenkinsfile[^\/]*)$/ }.collect { new File(JENKINS, it) }.findAll { it.file }
    }

    /** `file:line rule` of every `finds:` in faults/. */
    private static List<String> planted() {
        new File(JENKINS, 'test/gates/codenarc/faults').listFiles().toList().collectMany { File file ->
            file.readLines().withIndex(1).collectMany { String line, int number ->
                def rules = (line =~ /\/\/ finds: (.*)$/)
                rules ? rules[0][1].split(' ').collect { "${file.name}:${number} ${it}".toString() } : []
            }
        }
    }
}

package gates

import harness.Folder
import harness.Library
import org.codehaus.groovy.control.CompilationFailedException
import org.codehaus.groovy.control.CompilationUnit
import org.codehaus.groovy.control.Phases
import spock.lang.Specification

class CompileSpec extends Specification {
    def 'the specs run on the Groovy of Jenkins'() {
        expect:
        GroovySystem.version == '2.4.21'
    }

    def 'every file parses, as plain Groovy, without the classes of Jenkins'() {
        given:
        List<File> files = groovy()
        List<String> faults = files.findResults { fault(it) }

        expect:
        files.size() > 20
        faults.empty
    }

    def 'every file compiles as a pipeline that nobody trusts'() {
        given:
        Library library = Library.ours()
        List<String> faults = groovy().findResults { File file ->
            try {
                if (file.path.contains('/src/')) library.loader.loadClass(file.path.replaceFirst(/.*\/src\//, '').replace('.groovy', '').replace('/', '.'))
                else library.parse(file.text, file.name.replaceAll(/\W/, '_') + '.groovy')
                null
            } catch (CompilationFailedException failed) {
                "${file}: ${failed.message}".toString()
            }
        }

        expect:
        faults.empty
    }

    private static String fault(File file) {
        CompilationUnit unit = new CompilationUnit()
        unit.addSource(file.path, file.text)
        try {
            unit.compile(Phases.CONVERSION)
            null
        } catch (CompilationFailedException failed) {
            failed.message
        }
    }

    private static List<File> groovy() {
        List<File> files = Library.FOLDER.listFiles().findAll { it.name.startsWith('Jenkinsfile') }
        ['vars', 'src', 'test/fixtures'].each { String folder ->
            files.addAll(Folder.files(new File(Library.FOLDER, folder)).findAll { it.name ==~ /.*\.groovy|Jenkinsfile.*/ })
        }
        files
    }
}

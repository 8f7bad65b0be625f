package gates.codenarc

import org.codehaus.groovy.control.CompilationFailedException
import org.codehaus.groovy.control.CompilationUnit
import org.codenarc.source.CustomCompilerPhaseSourceDecorator
import org.codenarc.source.SourceCode
import org.codenarc.source.SourceString

/**
 * A file of the library as CodeNarc reads it, with the imports that Jenkins adds by itself. They stand on a line that is there, so that
 * line numbers hold.
 */
class LibrarySource {
    /** Stars, because no rule takes those for unused. */
    private static final String IMPLICIT = 'import com.cloudbees.groovy.cps.*; import hudson.model.*; import org.jenkinsci.plugins.workflow.libs.*; '

    final File file
    private final Map<Integer, SourceCode> byPhase = [:]

    LibrarySource(File file) {
        this.file = file
    }

    /** Compiled once for all rules of a phase. `valid` is false where it does not parse, or a class is not found. */
    SourceCode at(int phase) {
        byPhase.computeIfAbsent(phase) { new CustomCompilerPhaseSourceDecorator(new SourceString(text(), file.path, file.name), phase) }
    }

    /** What the compiler says of it at a phase; CodeNarc keeps that to itself. */
    String fault(int phase) {
        CompilationUnit unit = new CompilationUnit()
        unit.addSource(file.name, text())
        try {
            unit.compile(phase)
            ''
        } catch (CompilationFailedException failed) {
            failed.message.readLines().findAll { it.contains(file.name) }.join('; ')
        }
    }

    private String text() {
        String text = file.getText('UTF-8')
        text =~ /^package / ? text.replaceFirst(/\n/, "; ${IMPLICIT}\n") : IMPLICIT + text
    }
}

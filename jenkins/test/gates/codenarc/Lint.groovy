package gates.codenarc

import groovy.transform.Immutable
import org.codehaus.groovy.control.Phases
import org.codenarc.rule.Rule

/** CodeNarc's rules on files of the library. `@SuppressWarnings` excuses nothing: rules are asked, not its runner. */
class Lint {
    @Immutable
    static class Finding {
        String file
        int line
        String rule
        String message

        @Override
        String toString() {
            "${file}:${line}: ${rule}: ${message}"
        }
    }

    final List<Finding> findings = []
    /** Files that every rule has read. CodeNarc itself passes over others with a line in a log. */
    final List<File> judged = []

    Lint(Collection<File> files, List<Rule> rules = HouseRules.ALL) {
        files.each { judge(new LibrarySource(it), rules) }
    }

    private void judge(LibrarySource source, List<Rule> rules) {
        int unread = [Phases.CONVERSION, Phases.SEMANTIC_ANALYSIS].find { !source.at(it).valid } ?: 0
        if (unread) {
            findings << new Finding(source.file.name, 1, 'Unreadable', "does not compile (${Phases.getDescription(unread)}), so no rule has read it: ${source.fault(unread)}")
            return
        }
        judged << source.file
        rules.each { Rule rule ->
            rule.applyTo(source.at(rule.compilerPhase)).each {
                findings << new Finding(source.file.name, it.lineNumber ?: 0, rule.name, it.message ?: it.sourceLine)
            }
        }
    }
}

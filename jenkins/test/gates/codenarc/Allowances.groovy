package gates.codenarc

/** Findings that are meant, each with its reason. One that is not found any more is a fault of this list. */
class Allowances {
    static final List<Map<String, String>> ALL = [
        [file: 'Release.groovy', rule: 'SwallowedAbort', message: 'Throwable may be an abort; throw it again',
         why: 'going back failed, or was aborted, too: the caller throws what it goes back for'],
    ]

    static List<Lint.Finding> left(List<Lint.Finding> findings) {
        findings.findAll { Lint.Finding finding -> !ALL.any { fits(it, finding) } }
    }

    static List<Map<String, String>> unused(List<Lint.Finding> findings) {
        ALL.findAll { Map<String, String> allowance -> !findings.any { fits(allowance, it) } }
    }

    private static boolean fits(Map<String, String> allowance, Lint.Finding finding) {
        allowance.file == finding.file && allowance.rule == finding.rule && allowance.message == finding.message
    }
}

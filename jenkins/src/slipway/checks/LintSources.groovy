package slipway.checks

import slipway.Arguments
import slipway.Shell

/** Step `lintSources`. */
class LintSources implements Serializable {
    /** What each linter runs: scripts in their order. The first ones end well, and say so, where there is nothing to lint. */
    private static final Map<String, List<String>> LINTERS = [
        typescript: ['if-script', 'npm-install', 'lint-script'],
        groovy: ['if-script', 'npm-install', 'lint-script'],
        dockerfiles: ['lint-dockerfiles'],
        shell: ['lint-shell'],
        manifests: ['if-dist', 'npm-install', 'lint-manifests'],
    ]
    /** Scripts of package.json. */
    private static final Map<String, String> SCRIPTS = [typescript: 'lint', groovy: 'lint:groovy']

    static final String STEP = 'lintSources'
    static final String SAYS = 'Lints a checkout: typescript by `npm run lint`, groovy by `npm run lint:groovy`, dockerfiles by hadolint, shell by shellcheck, manifests by `slipway check`. ' +
        'All linters run, then the build fails once. Each says when it found nothing to lint.'
    static final Map ARGUMENTS = [
        only: [type: List, of: String, byDefault: LINTERS.keySet() as List, oneOf: LINTERS.keySet() as List, says: 'what is linted'],
        timeoutMinutes: [type: Integer, byDefault: 20, min: 1, says: 'deadline, minutes'],
    ]

    private final def steps

    LintSources(def steps) {
        this.steps = steps
    }

    void run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        List<String> failed = []
        steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') {
            options.only.each { String linter ->
                if (lint(linter) != 0) failed.add(linter)
            }
        }
        if (failed) steps.error("lintSources: ${failed.join(', ')} failed; each says above what it found")
    }

    private int lint(String linter) {
        List<String> scripts = LINTERS[linter]
        return new Shell(steps).status([NAME: linter, SCRIPT: SCRIPTS[linter]], "lint ${linter}", scripts[-1], scripts.take(scripts.size() - 1))
    }
}

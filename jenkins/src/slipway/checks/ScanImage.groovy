package slipway.checks

import com.cloudbees.groovy.cps.NonCPS
import slipway.Arguments

/** Step `scanImage`. */
class ScanImage implements Serializable {
    static final String STEP = 'scanImage'
    static final String SAYS = 'Scans a built archive with Trivy before it is pushed. The report of all findings is archived; those of the given severity fail the build.'
    static final Map ARGUMENTS = [
        archive: [type: String, required: true, says: 'what `buildImage` returned: path of the archive', example: "'build/chat.tar'"],
        name: [type: String, byDefault: '', pattern: '[a-z0-9._-]*', says: 'name of the report, build/trivy-<name>.json; empty: that of the archive'],
        severity: Scan.SEVERITY,
        exceptions: Scan.EXCEPTIONS,
        timeoutMinutes: Scan.MINUTES,
    ]

    private final def steps

    ScanImage(def steps) {
        this.steps = steps
    }

    void run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        new Scan(steps, 'image').run(options.archive, options.name ?: nameOf(options.archive), options)
    }

    @NonCPS
    private static String nameOf(String archive) {
        archive.tokenize('/')[-1].replaceAll('\\.tar$', '')
    }
}

package slipway.checks

import slipway.Arguments

/** Step `scanSource`. */
class ScanSource implements Serializable {
    static final String STEP = 'scanSource'
    static final String SAYS = 'Scans a folder with Trivy: packages of lock files, secrets, and misconfigured Dockerfiles and manifests. The report is archived; findings of the given severity fail the build.'
    static final Map ARGUMENTS = [
        folder: [type: String, byDefault: '.', says: 'folder that is scanned, relative to the workspace'],
        severity: Scan.SEVERITY,
        exceptions: Scan.EXCEPTIONS,
        timeoutMinutes: Scan.MINUTES,
    ]

    private final def steps

    ScanSource(def steps) {
        this.steps = steps
    }

    void run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        new Scan(steps, 'fs').run(options.folder, 'source', options)
    }
}

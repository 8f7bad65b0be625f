package slipway.checks

import com.cloudbees.groovy.cps.NonCPS
import slipway.Shell

/** Trivy over an image's archive or a folder: the report is kept whatever it says, and the gate is told apart from a scan that failed. */
class Scan implements Serializable {
    static final List<String> SEVERITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']
    static final Map SEVERITY = [type: String, byDefault: 'CRITICAL', oneOf: SEVERITIES, says: 'the lowest severity that fails the build']
    static final Map EXCEPTIONS = [type: String, byDefault: '.trivyignore.yaml', says: 'accepted findings, each with `id`, `statement` (why) and `expired_at` (until when, YYYY-MM-DD); the file may be missing']
    static final Map MINUTES = [type: Integer, byDefault: 20, min: 1, says: 'deadline, minutes']

    private final def steps
    /** `image` or `fs`. */
    private final String target

    Scan(def steps, String target) {
        this.steps = steps
        this.target = target
    }

    /** @param name of the report: build/trivy-<name>.json */
    void run(String subject, String name, Map options) {
        String report = "build/trivy-${name}.json"
        Map environment = [TARGET: target, SUBJECT: subject, SEVERITIES: from(options.severity), EXCEPTIONS: options.exceptions, REPORT: report]
        int code = steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') {
            new Shell(steps).status(environment, "scan ${name}", 'scan')
        }
        steps.archiveArtifacts(artifacts: report, allowEmptyArchive: true)
        if (code != 0) steps.error("scan of ${name}: ${meaning(code, report, options)}")
    }

    @NonCPS
    private static String meaning(int code, String report, Map options) {
        switch (code) {
            case 10: return "findings of ${options.severity} or above, listed in ${report}. Next: mend them, or accept each in ${options.exceptions} with reason and date"
            case 11: return "${options.exceptions} is refused, see the lines above; nothing was scanned"
            default: return "Trivy failed with exit code ${code}; whether there are findings is not known"
        }
    }

    @NonCPS
    private static String from(String severity) {
        SEVERITIES.drop(SEVERITIES.indexOf(severity)).join(',')
    }
}

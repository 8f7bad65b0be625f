package harness

import hudson.AbortException
import hudson.model.Result

/**
 * Steps that tell somebody: test reports, checks, mail.
 * Source: jenkinsci/junit-plugin:src/main/java/hudson/tasks/junit/pipeline/JUnitResultsStep.java, jenkinsci/checks-api-plugin:src/main/java/io/jenkins/plugins/checks/steps/PublishChecksStep.java,
 * jenkinsci/workflow-basic-steps-plugin:src/main/java/org/jenkinsci/plugins/workflow/steps/MailStep.java.
 */
class ReportSteps {
    private static final List<String> CONCLUSIONS = ['NONE', 'ACTION_REQUIRED', 'SKIPPED', 'CANCELED', 'TIME_OUT', 'FAILURE', 'NEUTRAL', 'SUCCESS']
    private final Build build

    ReportSteps(Build build) {
        this.build = build
    }

    List<Step> getSteps() {
        [
            Step.of('junit', onNode: true, first: 'testResults', required: [testResults: String],
                optional: [allowEmptyResults: boolean, checksName: String, healthScaleFactor: Number, keepLongStdio: boolean, parseOldReports: boolean,
                    skipMarkingBuildUnstable: boolean, skipPublishingChecks: boolean, testDataPublishers: List], this.&junit),
            Step.of('publishChecks', optional: [name: String, title: String, summary: String, text: String, detailsURL: String, conclusion: CONCLUSIONS,
                status: ['NONE', 'QUEUED', 'IN_PROGRESS', 'COMPLETED'], annotations: List, actions: List]) { Map given, StepCall call, Context context -> null },
            Step.of('mail', required: [subject: String, body: String],
                optional: [to: String, from: String, cc: String, bcc: String, replyTo: String, charset: String, mimeType: String]) { Map given, StepCall call, Context context ->
                if (!given.subject.toString().trim() || !given.body.toString().trim()) {
                    throw new AbortException("Email not sent. All mandatory properties must be supplied ('subject', 'body').")
                }
                if (!given.to && !given.cc && !given.bcc) throw new AbortException("Email not sent. No recipients of any kind specified ('to', 'cc', 'bcc').")
                build.mails << given
                null
            },
        ]
    }

    private Object junit(Map given, StepCall call, Context context) {
        List<String> files = Glob.files(context.folder, given.testResults.toString())
        if (files.empty && !given.allowEmptyResults) throw new AbortException('No test report files were found. Configuration error?')
        int failed = files.sum(0) { String path ->
            new XmlSlurper().parse(new File(context.folder, path)).depthFirst().findAll { it.name() in ['failure', 'error'] }.size()
        } as int
        if (failed && !given.skipMarkingBuildUnstable) {
            build.worsen(Result.UNSTABLE)
            context.stage?.worsen(Result.UNSTABLE)
        }
        null
    }
}

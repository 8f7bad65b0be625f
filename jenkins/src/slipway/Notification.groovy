package slipway

import com.cloudbees.groovy.cps.NonCPS

/** Step `notifyResult`. */
class Notification implements Serializable {
    static final String STEP = 'notifyResult'
    static final String SAYS = 'Mails how the build ended: its address, its description (who approved what), and what changed. For `post` and for scripted pipelines.'
    static final Map ARGUMENTS = [
        to: [type: String, required: true, says: 'who gets it: addresses, separated by commas or blanks', example: "'team@example.com'"],
        on: [type: List, of: String, oneOf: ['failure', 'unstable', 'aborted', 'success', 'fixed'], byDefault: ['failure', 'unstable', 'fixed'], says: 'ends that are told; fixed: a success after a failure, or after an unstable build'],
        from: [type: String, byDefault: '', says: 'sender; empty: the address of Jenkins'],
    ]

    private final def steps

    Notification(def steps) {
        this.steps = steps
    }

    void run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        String end = steps.currentBuild.currentResult.toLowerCase()
        if (end == 'success' && isTrouble(steps.currentBuild.previousBuild?.result)) end = options.on.contains('fixed') ? 'fixed' : 'success'
        if (!options.on.contains(end)) return
        Map letter = [
            to: options.to,
            subject: "${steps.env.JOB_NAME} #${steps.env.BUILD_NUMBER}: ${end}".toString(),
            body: "${steps.env.JOB_NAME} #${steps.env.BUILD_NUMBER} ended: ${end}\n${steps.env.BUILD_URL}\n${paragraph('', steps.currentBuild.description)}${paragraph('Changes', changes(steps.currentBuild.changeSets))}".toString(),
        ]
        if (options.from) letter.from = options.from
        steps.mail(letter)
    }

    @NonCPS
    private static boolean isTrouble(String result) {
        result == 'FAILURE' || result == 'UNSTABLE'
    }

    /** A line a commit. */
    @NonCPS
    private static String changes(List changeSets) {
        changeSets.collectMany { it.items.collect { "${it.commitId.take(12)}  ${it.msg} (${it.author.displayName})" } }.join('\n')
    }

    @NonCPS
    private static String paragraph(String head, String text) {
        text ? "\n${head ? head + '\n' : ''}${text}\n" : ''
    }
}

package slipway.source

import slipway.Arguments

/** Step `checkoutSource`. */
class CheckoutSource implements Serializable {
    static final String STEP = 'checkoutSource'
    static final String SAYS = 'Checks sources out: those that the job was started for, or another repository. Returns [commit:, branch:, url:].'
    static final Map ARGUMENTS = [
        url: [type: String, byDefault: '', says: 'repository; empty: the job\'s own, at the commit that it was started for', example: "'https://git.example.com/platform.git'"],
        branch: [type: String, byDefault: 'main', says: 'branch of `url`; the job\'s own sources come with theirs'],
        credentialsId: [type: String, byDefault: '', says: 'user name and password for `url`; empty: none are needed', example: "'git-push'"],
        folder: [type: String, byDefault: '.', says: 'folder of the workspace that gets the sources'],
        timeoutMinutes: [type: Integer, byDefault: 15, min: 1, says: 'deadline, minutes'],
    ]

    private final def steps

    CheckoutSource(def steps) {
        this.steps = steps
    }

    Map run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        Map found = [:]
        steps.dir(options.folder) {
            steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') { found = steps.checkout(options.url ? repository(options) : steps.scm) }
        }
        // The plugin names a branch as it stands below its remote.
        String branch = found.GIT_BRANCH ?: ''
        return [commit: found.GIT_COMMIT, branch: branch.startsWith('origin/') ? branch.substring('origin/'.length()) : branch, url: found.GIT_URL]
    }

    private static Map repository(Map options) {
        Map remote = [url: options.url]
        if (options.credentialsId) remote.credentialsId = options.credentialsId
        return [$class: 'GitSCM', branches: [[name: 'refs/heads/' + options.branch]], userRemoteConfigs: [remote]]
    }
}

package slipway.source

import com.cloudbees.groovy.cps.NonCPS
import slipway.Shell

/**
 * The repository that holds the charts, as a delivery changes it: the job's own, or another one. Works in a detached checkout, and keeps no
 * credential there: git asks this build's environment for user and password (resources/slipway/git-access.sh).
 */
class Charts implements Serializable {
    private static final int MINUTES = 15
    /** What a delivery writes. */
    private static final List<String> PATHS = ['charts/environments/images', 'dist']
    private static final int REJECTED = 10

    /** Where the checkout is, below the workspace. */
    final String folder

    private final def steps
    private final boolean ofJob
    private final String branch
    private final String credentialsId
    /** `Name <mail>` */
    private final String committer
    private String url
    /** The last commit that was made here. */
    private String committed = ''

    /** @param where url (missing: the job's own repository), branch (`main`), credentialsId (`git-push`; empty: none are needed) */
    Charts(def steps, Map where, String committer) {
        this.steps = steps
        this.committer = committer
        ofJob = !where.url
        url = where.url ?: ''
        branch = where.branch ?: 'main'
        credentialsId = where.credentialsId == null ? 'git-push' : where.credentialsId
        folder = ofJob ? '.' : 'charts'
    }

    boolean isOwn() {
        return ofJob
    }

    /** The commit to propose: of the job's own repository the one that it was started for, else the newest. */
    String source() {
        return ofJob ? ownCommit() : newest()
    }

    /** Commit at the tip of the branch, as the server has it now; its whole history is here afterwards. */
    String newest() {
        if (!url) ownCommit()
        return reaching { shell -> shell.output(remote(), 'newest charts', 'git-fetch', ['git-access']) }
    }

    /** Checks a commit out, whatever lay there before, with the packages that it asks for. */
    void open(String commit) {
        here { shell ->
            shell.run([COMMIT: commit], 'check charts out', 'git-open')
            shell.run([:], 'packages of the charts', 'npm-install')
        }
    }

    /** Hash of dist/<environment> as it lies there: equal hash, equal bytes. */
    String distHash(String environment) {
        return here { shell -> shell.output([FOLDER: 'dist/' + environment], 'hash of dist/' + environment, 'git-tree') }
    }

    /** Whether pins or dist/ differ from the commit. */
    boolean isChanged() {
        String changes = here { shell -> shell.output([PATHS: PATHS.join('\n')], 'pins and dist/ against git', 'git-changes') }
        return changes != ''
    }

    /** Commits pins and dist/, and nothing else. @return false where there is nothing to commit */
    boolean commit(String message) {
        Map environment = [PATHS: PATHS.join('\n'), MESSAGE: message, NAME: nameOf(committer), EMAIL: emailOf(committer)]
        String made = here { shell -> shell.output(environment, 'commit pins and dist/', 'git-commit') }
        if (made) committed = made
        return made != ''
    }

    /** @return false where somebody else pushed first */
    boolean push() {
        int code = reaching { shell -> shell.status(remote(), 'push to ' + branch, 'git-push', ['git-access']) }
        if (code != 0 && code != REJECTED) {
            steps.error("deliver: ${branch} of ${url} takes no push; the log above has git's words. Next: let the user of credential `${credentialsId}` push to that branch")
        }
        return code == 0
    }

    /** Whether the last commit made here has arrived. A push that was broken off may have been carried out all the same. */
    boolean isPushed() {
        if (!committed) return false
        int code = reaching { shell -> shell.status(remote() + [COMMIT: committed], 'whether the push arrived', 'git-arrived', ['git-access']) }
        if (code > 1) steps.echo("deliver: ${url} does not say whether ${committed} arrived; taken for not pushed. Next: look there before you build again")
        return code == 0
    }

    private String ownCommit() {
        Map found = new CheckoutSource(steps).run([folder: folder])
        url = found.url
        return found.commit
    }

    private Map remote() {
        return [URL: url, BRANCH: branch]
    }

    /** Runs scripts in the checkout that ask the server. */
    private def reaching(Closure body) {
        if (!credentialsId) return here(body)
        def result = null
        steps.withCredentials([steps.usernamePassword(credentialsId: credentialsId, usernameVariable: 'GIT_USERNAME', passwordVariable: 'GIT_PASSWORD')]) {
            result = here(body)
        }
        return result
    }

    private def here(Closure body) {
        def result = null
        steps.dir(folder) {
            steps.timeout(time: MINUTES, unit: 'MINUTES') { result = body.call(new Shell(steps)) }
        }
        return result
    }

    @NonCPS
    private static String nameOf(String committer) {
        committer.substring(0, committer.indexOf('<')).trim()
    }

    @NonCPS
    private static String emailOf(String committer) {
        committer.substring(committer.indexOf('<') + 1, committer.indexOf('>'))
    }
}

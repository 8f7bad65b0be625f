package harness

import hudson.AbortException

/**
 * `checkout` and `git`, with real git: the commit is checked out without a branch, only the branches of the refspec are fetched.
 * Source: jenkins.io/doc/pipeline/steps: params/scmgit, git; plugins.jenkins.io/git.
 */
class SourceSteps {
    private static final List<String> EXTENSIONS = ['CloneOption', 'LocalBranch', 'CleanBeforeCheckout', 'CleanCheckout', 'WipeWorkspace', 'RelativeTargetDirectory',
        'CheckoutOption', 'PruneStaleBranch', 'cloneOption', 'localBranch', 'cleanBeforeCheckout', 'cleanAfterCheckout']
    private final Build build

    SourceSteps(Build build) {
        this.build = build
    }

    List<Step> getSteps() {
        [
            Step.of('checkout', onNode: true, first: 'scm', required: [scm: Object], optional: [changelog: boolean, poll: boolean]) { Map given, StepCall call, Context context ->
                Symbol scm = Symbol.of(given.scm)
                if (!(scm.name in ['GitSCM', 'scmGit'])) throw new Fault("checkout: ${scm.name} is neither GitSCM nor scmGit")
                checkOut(scm.arguments, context)
            },
            Step.of('git', onNode: true, first: 'url', required: [url: String], optional: [branch: String, credentialsId: String, changelog: boolean, poll: boolean]) {
                Map given, StepCall call, Context context ->
                String branch = given.branch ?: 'master'
                checkOut([userRemoteConfigs: [given.subMap(['url', 'credentialsId'])], branches: [[name: "*/${branch}".toString()]],
                    extensions: [new Symbol('localBranch', [localBranch: branch])]], context)
            },
        ]
    }

    private Map<String, String> checkOut(Map<String, Object> scm, Context context) {
        known('checkout', scm, ['branches', 'userRemoteConfigs', 'extensions', 'doGenerateSubmoduleConfigurations', 'gitTool', 'browser', 'submoduleCfg'])
        Map remote = one('userRemoteConfigs', scm)
        known('userRemoteConfigs', remote, ['url', 'credentialsId', 'refspec', 'name'])
        Map<String, Map> extensions = (scm.extensions ?: []).collect { Symbol.of(it) }.collectEntries { Symbol extension ->
            if (!(extension.name in EXTENSIONS)) throw new Fault("checkout: ${extension.name} is none of ${EXTENSIONS.join(', ')}")
            String name = extension.name
            [(name[0].toUpperCase() + name.substring(1)): extension.arguments]
        }
        String wanted = one('branches', scm).name
        File folder = extensions.RelativeTargetDirectory ? new File(context.folder, extensions.RelativeTargetDirectory.relativeTargetDir.toString()) : context.folder
        if (extensions.containsKey('WipeWorkspace')) Folder.delete(folder)
        folder.mkdirs()
        Map<String, String> login = login(remote.credentialsId)
        if (!new File(folder, '.git').exists()) git(folder, [:], 'init', '--quiet')
        git(folder, [:], 'config', 'remote.origin.url', remote.url.toString())
        List<String> specs = (remote.refspec ?: '+refs/heads/*:refs/remotes/origin/*').toString().split(' ') as List<String>
        Map clone = extensions.CloneOption ?: [:]
        git(folder, login, *(['fetch', '--quiet', clone.noTags ? '--no-tags' : '--tags', '--force'] +
            (clone.shallow ? ["--depth=${clone.depth ?: 1}".toString()] : []) + ['--', remote.url.toString()] + specs))
        if (extensions.containsKey('CleanBeforeCheckout')) git(folder, [:], 'clean', '-fdx')
        String commit = resolve(folder, wanted)
        git(folder, [:], 'checkout', '--quiet', '--force', commit)
        String branch = extensions.LocalBranch?.localBranch
        if (branch) git(folder, [:], 'checkout', '--quiet', '--force', '-B', branch == '**' ? plain(wanted) : branch, commit)
        build.writeLog("Checking out Revision ${commit} (${wanted})")
        [GIT_COMMIT: commit, GIT_BRANCH: "origin/${plain(wanted)}".toString(), GIT_URL: remote.url.toString()]
    }

    /** A full commit, or a branch as `main`, `*\/main`, `origin/main`, `refs/heads/main`. */
    private static String resolve(File folder, String wanted) {
        String ref = wanted ==~ /[0-9a-f]{40}/ ? wanted : "refs/remotes/origin/${plain(wanted)}"
        String commit = git(folder, [:], false, 'rev-parse', '--verify', '--quiet', "${ref}^{commit}".toString())
        if (!commit) throw new AbortException("Couldn't find any revision to build. Verify the repository and branch configuration for this job.")
        commit
    }

    private static String plain(String wanted) {
        wanted.replaceFirst(/^(refs\/heads\/|\*\/|origin\/)/, '')
    }

    private Map<String, String> login(Object id) {
        if (!id) return [:]
        Credential credential = build.credentials[id.toString()]
        if (credential == null) throw new AbortException("CredentialId \"${id}\" could not be found.")
        if (credential.kind != 'usernamePassword') throw new Fault("checkout: ${id} is of kind ${credential.kind}; played is usernamePassword")
        build.bound << id.toString()
        File answer = new File(build.newFolder('login'), 'answer')
        answer.text = '#!/bin/sh\ncase "$1" in Username*) printf "%s\\n" "$LOGIN_NAME" ;; *) printf "%s\\n" "$LOGIN_PASSWORD" ;; esac\n'
        answer.executable = true
        [GIT_ASKPASS: answer.path, LOGIN_NAME: credential.parts.username, LOGIN_PASSWORD: credential.parts.password]
    }

    private static Map one(String list, Map scm) {
        List values = scm[list] as List ?: []
        if (values.size() != 1) throw new Fault("checkout: one of ${list} is expected, got ${values}")
        values.first() as Map
    }

    private static void known(String where, Map given, List<String> names) {
        given.keySet().each { if (!(it in names)) throw new Fault("${where}: Unknown parameter(s) found: ${it}; it knows ${names.join(', ')}") }
    }

    static String git(File folder, Map<String, String> variables, boolean must = true, String... words) {
        ProcessBuilder builder = new ProcessBuilder(['git'] + (words as List)).directory(folder).redirectErrorStream(must)
        builder.environment().putAll(variables + Git.ENVIRONMENT + [GIT_TERMINAL_PROMPT: '0'])
        Process process = builder.start()
        process.outputStream.close()
        String said = process.inputStream.getText('UTF-8').trim()
        if (process.waitFor() != 0 && must) throw new AbortException("git ${words.first()} failed: ${said}")
        said
    }
}

/** `scm`: where the job's Jenkinsfile came from. A multibranch job fetches that branch alone. */
class Scm {
    /** @param given `url`, `branch` (main), `commit` (the newest of the branch), `credentialsId`; of a pull request `ref` (refs/pull/7/head) and `target` */
    static Map<String, Object> of(Map given) {
        given.keySet().each { if (!(it in ['url', 'branch', 'commit', 'credentialsId', 'ref', 'target'])) throw new Fault("scm: no ${it}") }
        String branch = given.branch ?: 'main'
        String ref = given.ref ?: "refs/heads/${branch}"
        String target = given.target ? " +refs/heads/${given.target}:refs/remotes/origin/${given.target}" : ''
        Map remote = [url: given.url.toString(), refspec: "+${ref}:refs/remotes/origin/${branch}${target}".toString()]
        if (given.credentialsId) remote.credentialsId = given.credentialsId.toString()
        ['$class': 'GitSCM', branches: [[name: (given.commit ?: branch).toString()]], userRemoteConfigs: [remote], extensions: []]
    }
}

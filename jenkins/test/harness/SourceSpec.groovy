package harness

import hudson.AbortException
import java.nio.file.Files
import spock.lang.AutoCleanup
import spock.lang.Specification

class SourceSpec extends Specification {
    @AutoCleanup
    Build build = new Build()
    File origin = Files.createTempDirectory('slipway-origin').toFile()

    def setup() {
        git('init', '--quiet', '--initial-branch=main')
        commit('first')
        git('branch', 'other')
        git('update-ref', 'refs/pull/7/head', 'HEAD')
    }

    def cleanup() {
        Folder.delete(origin)
    }

    String git(String... words) {
        SourceSteps.git(origin, [GIT_AUTHOR_NAME: 'ann', GIT_AUTHOR_EMAIL: 'ann@example.com', GIT_COMMITTER_NAME: 'ann', GIT_COMMITTER_EMAIL: 'ann@example.com'], words)
    }

    void commit(String message) {
        new File(origin, 'file').text = message
        git('add', '--all')
        git('commit', '--quiet', '--message', message)
    }

    String lines(String pipeline) {
        build.run("node('a') { ${pipeline} }")
    }

    def 'checks out the commit of the job, without a branch, and fetches that branch alone'() {
        String commit = git('rev-parse', 'HEAD')
        build.scm(url: origin.path, commit: commit)
        this.commit('newer')
        expect:
        lines('''def told = checkout scm
            sh 'git symbolic-ref --quiet HEAD || echo detached; git branch --remotes --format="%(refname:short)"'
            return told.GIT_COMMIT''') == commit
        build.log.findAll { !it.startsWith('+') } == ["Checking out Revision ${commit} (${commit})".toString(), 'detached', 'origin/main']
    }

    def 'a pull request has its own ref and the branch that it goes to'() {
        build.scm(url: origin.path, branch: 'PR-7', ref: 'refs/pull/7/head', target: 'main')
        expect:
        lines('''checkout scm; sh(script: 'git branch --remotes --format="%(refname:short)"', returnStdout: true)''') == 'origin/PR-7\norigin/main\n'
    }

    def 'other repositories: a branch, extensions, a symbol'() {
        expect:
        lines("""checkout scmGit(branches: [[name: '*/other']], userRemoteConfigs: [[url: '${origin.path}']], extensions: [cloneOption(noTags: true), localBranch('work')])
            sh(script: 'git branch --show-current; cat file', returnStdout: true)""") == 'work\nfirst'
    }

    def 'a second checkout removes nothing that it does not know, unless it is told to'() {
        build.scm(url: origin.path)
        expect:
        lines("""checkout scm; writeFile file: 'left', text: ''; checkout scm
            def kept = fileExists('left')
            checkout([\$class: 'GitSCM', branches: [[name: 'main']], userRemoteConfigs: [[url: '${origin.path}']], extensions: [[\$class: 'CleanBeforeCheckout']]])
            return "\${kept} \${fileExists('left')}" """) == 'true false'
    }

    def 'a branch that is not there fails'() {
        when:
        lines("git url: '${origin.path}', branch: 'none'")
        then:
        AbortException thrown = thrown()
        thrown.message.startsWith("Couldn't find any revision to build")
    }

    def 'credentials that are not there fail'() {
        when:
        lines("git url: '${origin.path}', branch: 'main', credentialsId: 'none'")
        then:
        AbortException thrown = thrown()
        thrown.message == 'CredentialId "none" could not be found.'
    }
}

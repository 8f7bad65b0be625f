package slipway.source

import harness.Build
import hudson.AbortException
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import slipway.ChartsRepository
import spock.lang.AutoCleanup
import spock.lang.Specification

class CheckoutSourceSpec extends Specification {
    @AutoCleanup
    Build build = new Build()
    File folder = build.newFolder('charts')
    ChartsRepository repository = new ChartsRepository(folder)
    String first = repository.git('rev-parse', 'main')
    String second = repository.push('charts/theirs.ts': 'x')

    def 'J02: the job\'s own sources, at the commit that it was started for'() {
        given:
        build.scm(url: repository.bare, commit: first)

        expect:
        checkout() == [commit: first, branch: first, url: repository.bare.path]
        !new File(build.workspace, 'charts/theirs.ts').exists()
    }

    def 'J02: another repository, its branch, into a folder'() {
        when:
        Map found = checkout("url: '${repository.bare}', folder: 'other'")

        then:
        found == [commit: second, branch: 'main', url: repository.bare.path]
        new File(build.workspace, 'other/charts/theirs.ts').exists()
    }

    def 'J18: with a credential'() {
        given:
        GitServer server = new GitServer(folder, 'jenkins', build.credentials['git-push'].parts.password)

        when:
        Map found = checkout("url: '${server.url}/charts.git', credentialsId: 'git-push', branch: 'main'")

        then:
        found.commit == second

        cleanup:
        server.close()
    }

    def 'a branch that there is not'() {
        when:
        checkout("url: '${repository.bare}', branch: 'release'")

        then:
        AbortException failure = thrown()
        failure.message.startsWith("Couldn't find any revision to build")
    }

    def 'is limited, and an abort stays one'() {
        given:
        build.onStep('checkout') { call, context ->
            assert context.limited
            throw new FlowInterruptedException(hudson.model.Result.ABORTED, 'by ann')
        }

        when:
        checkout("url: '${repository.bare}'")

        then:
        thrown(FlowInterruptedException)
    }

    private Map checkout(String arguments = '') {
        build.run("node('slipway') { checkoutSource(${arguments}) }") as Map
    }
}

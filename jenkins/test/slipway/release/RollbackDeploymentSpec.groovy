package slipway.release

import harness.Build
import harness.Interrupted
import harness.Interruptions
import hudson.AbortException
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import slipway.ChartsRepository
import spock.lang.AutoCleanup
import spock.lang.Specification

class RollbackDeploymentSpec extends Specification {
    private static final String NEWER = 'sed -i s/3/4/ charts/environments/production.ts; git commit --quiet --all --message newer; node tools/cli/bin.js synth'

    @AutoCleanup
    Build build = new Build()

    def setup() {
        build.variables.putAll(GIT_AUTHOR_NAME: 'ann', GIT_AUTHOR_EMAIL: 'ann@example.com', GIT_COMMITTER_NAME: 'ann', GIT_COMMITTER_EMAIL: 'ann@example.com')
        build.prepare { File workspace -> ChartsRepository.checkOut(workspace) }
    }

    def 'J14: goes back to the revision that was asked for'() {
        when:
        Map outcome = run("deploy(); sh '${NEWER}'; deploy(); rollbackDeployment(environment: 'production', revision: '1')")

        then:
        outcome.result == 'deployed'
        outcome.revision == 3
        calls().last().take(6) == ['rollback', 'production', '1', '--yes', '--timeout', '15m']
    }

    def 'J14: without a revision, slipway chooses'() {
        when:
        Map outcome = run("deploy(); sh '${NEWER}'; deploy(); rollbackDeployment(environment: 'production', timeoutMinutes: 4)")

        then:
        outcome.result == 'deployed'
        calls().last().take(5) == ['rollback', 'production', '--yes', '--timeout', '4m']
        build.steps.findAll { it.name == 'timeout' }.last().named == [time: 14, unit: 'MINUTES']
    }

    def 'to what runs already there is nothing to do: safe after a deploy that has put things back itself'() {
        when:
        Map outcome = run('''
            deploy()
            sh 'sed -i s/3/4/ charts/environments/production.ts; git commit --quiet --all --message newer; node tools/cli/bin.js synth; echo crash >"$FAKE_ANSWERS/slipway-deploy.error"'
            try { deploy() } catch (hudson.AbortException failed) { echo failed.message }
            sh 'rm "$FAKE_ANSWERS/slipway-deploy.error"'
            rollbackDeployment(environment: 'production', revision: '1')
        ''')

        then:
        build.log.any { it.contains('failed, and revision 1') }
        outcome.result == 'unchanged'
    }

    def 'J14: interrupted anywhere, it stays an abort, and leaves no kubeconfig'() {
        when:
        int times = Interruptions.of { Build build ->
            build.prepare { File workspace -> ChartsRepository.checkOut(workspace) }
            build.answer('slipway rollback', out: '{"result": "unchanged", "revision": 1}')
            build.run("node('slipway') { rollbackDeployment(environment: 'production', revision: '1') }")
        }.each { Interrupted end ->
            assert end.thrown instanceof FlowInterruptedException
            assert end.build.temporary.list().toList() == []
        }

        then:
        times >= 8
    }

    def 'a refusal names what to do'() {
        when:
        run("rollbackDeployment(environment: 'production', revision: '9')")

        then:
        AbortException failure = thrown()
        failure.message.startsWith('rollbackDeployment: production: refused, and nothing was changed')
    }

    def 'a revision is a number'() {
        when:
        run("rollbackDeployment(environment: 'production', revision: 'last')")

        then:
        AbortException failure = thrown()
        failure.message.contains("rollbackDeployment.revision: 'last' does not fit")
    }

    private Map run(String steps) {
        build.run("def deploy() { deployManifests(environment: 'production') }\nnode('slipway') { ${steps} }") as Map
    }

    private List<List<String>> calls() {
        build.argv('node').findAll { it.first() == 'tools/cli/bin.js' }*.drop(1)
    }
}

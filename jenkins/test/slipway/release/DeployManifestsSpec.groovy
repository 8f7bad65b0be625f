package slipway.release

import harness.Build
import harness.Interrupted
import harness.Interruptions
import hudson.AbortException
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import slipway.ChartsRepository
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

class DeployManifestsSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    def setup() {
        build.prepare { File workspace -> ChartsRepository.checkOut(workspace) }
    }

    def 'J10: deploys with the kubeconfig of the environment, bound around that call alone'() {
        when:
        Map outcome = deploy(environment: 'production')

        then:
        outcome.result == 'deployed'
        outcome.revision == 1
        slipwayCalls()*.take(5) == [['deploy', 'production', '--yes', '--timeout', '15m']]
        build.steps.findAll { it.context.credentials }*.name == ['libraryResource', 'withEnv', 'sh']
        build.steps.find { it.name == 'withCredentials' }.positional.first()*.arguments == [[credentialsId: 'kubeconfig-production', variable: 'KUBECONFIG_FILE']]
    }

    def 'J10: nothing of the kubeconfig is left when slipway has ended'() {
        when:
        deploy(environment: 'production')

        then:
        build.temporary.list().toList() == []
    }

    def 'J11: the deadline is slipway\'s, and Jenkins\' own comes after it'() {
        when:
        deploy(environment: 'production', timeoutMinutes: 20)

        then:
        slipwayCalls().first().containsAll(['--timeout', '20m'])
        build.steps.findAll { it.name == 'timeout' }*.named == [[time: 30, unit: 'MINUTES']]
    }

    def 'nothing to change is no failure'() {
        given:
        build.run("node('slipway') { deployManifests(environment: 'production') }")

        expect:
        deploy(environment: 'production').result == 'unchanged'
    }

    def 'J12: keeps the live diff of a dry run, and changes nothing'() {
        when:
        Map outcome = deploy(environment: 'production', dryRun: true)

        then:
        outcome.result == 'dry-run'
        slipwayCalls().first().contains('--dry-run')
        new File(build.artifacts, 'diff-production.txt').text.contains('production: the cluster → dist/')
        build.log.any { it.contains('production: the cluster → dist/') }
        !new File(build.outside.state, 'slipway-production.revisions').exists()
    }

    def 'a dry run leaves the checkout as it has to be for the deploy'() {
        when:
        build.run("node('slipway') { deployManifests(environment: 'production', dryRun: true); deployManifests(environment: 'production') }")

        then:
        noExceptionThrown()
    }

    def 'J14: a release that failed and was put back keeps what explains it'() {
        given:
        build.answer('slipway deploy', error: 'Deployment chat: ImagePullBackOff')

        when:
        deploy(environment: 'production')

        then:
        AbortException failure = thrown()
        failure.message == 'deployManifests: production: the first release failed, and what it made is gone: Deployment chat: ImagePullBackOff. Next: read diagnostics/ among the artifacts of this build'
        new File(build.artifacts, 'production-now/reason.txt').text == 'Deployment chat: ImagePullBackOff'
    }

    @Unroll
    def 'ends with exit code #code and #result: #told'() {
        given:
        build.answer('slipway deploy', exit: code, out: result ? "{\"result\": \"${result}\", \"revision\": 4, \"commit\": \"13d7512728ac0000\", \"reason\": \"why\"}" : '')

        when:
        deploy(environment: 'production')

        then:
        AbortException failure = thrown()
        failure.message.startsWith("deployManifests: production: ${told}")

        where:
        code | result      || told
        0    | 'declined'  || 'interrupted before anything began; nothing was changed'
        1    | 'restored'  || 'failed, and revision 4, commit 13d7512728ac runs again: why. Next: read diagnostics/'
        1    | 'unchanged' || 'revision 4, commit 13d7512728ac runs, and is not well: why. Next: slipway status production'
        1    | ''          || 'slipway ended with exit code 1 and did not say what came of it. Next: slipway status production'
        2    | ''          || 'refused, and nothing was changed; the log above'
        3    | 'broken'    || 'failed, and what ran before could NOT be put back: why. Next: build again'
        137  | ''          || 'slipway ended with exit code 137 and did not say'
    }

    def 'an archive that fails does not hide why the release failed'() {
        given:
        build.answer('slipway deploy', error: 'ImagePullBackOff')
        build.onStep('archiveArtifacts') { call, context -> throw new AbortException('the disk is full') }

        when:
        deploy(environment: 'production')

        then:
        AbortException failure = thrown()
        failure.message.contains('ImagePullBackOff')
        build.log.contains('deployManifests: diagnostics/ could not be kept: the disk is full')
    }

    def 'J13: a smoke address that does not answer fails the deploy'() {
        given:
        build.answer('slipway deploy', error: 'https://chat.internal/ready: answers 503')

        when:
        deploy(environment: 'production')

        then:
        AbortException failure = thrown()
        failure.message.contains('https://chat.internal/ready: answers 503')
    }

    @Unroll
    def 'J14: a deploy that #ends is interrupted anywhere: it stays an abort, and leaves no kubeconfig'() {
        when:
        int times = Interruptions.of { Build build ->
            build.prepare { File workspace -> ChartsRepository.checkOut(workspace) }
            if (why) build.answer('slipway deploy', error: why)
            build.run("node('slipway') { deployManifests(environment: 'production') }")
        }.each { Interrupted end ->
            assert end.thrown instanceof FlowInterruptedException
            assert end.build.temporary.list().toList() == []
        }

        then:
        times >= 10

        where:
        ends          | why
        'comes up'    | null
        'does not'    | 'ImagePullBackOff'
    }

    def 'an abort keeps the diagnostics, too'() {
        given:
        build.answer('node tools/cli/bin.js deploy', hang: true)

        when:
        deploy(environment: 'production')

        then:
        thrown(FlowInterruptedException)
        build.steps.last().name == 'archiveArtifacts'
    }

    def 'J18: a kubeconfig by another name'() {
        given:
        build.credential('elsewhere', kind: 'file')

        when:
        deploy(environment: 'production', kubeconfig: 'elsewhere')

        then:
        build.steps.find { it.name == 'sh' }.context.credentials == ['elsewhere']
    }

    def 'an environment is a name, and no option'() {
        when:
        deploy(environment: '--adopt')

        then:
        AbortException failure = thrown()
        failure.message.contains("deployManifests.environment: '--adopt' does not fit")
        build.argv('node') == []
    }

    private Map deploy(Map args) {
        build.run("node('slipway') { deployManifests(${args.inspect()}) }")
    }

    private List<List<String>> slipwayCalls() {
        build.argv('node').findAll { it.first() == 'tools/cli/bin.js' }*.drop(1)
    }
}

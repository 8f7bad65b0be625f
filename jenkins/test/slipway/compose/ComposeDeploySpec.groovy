package slipway.compose

import harness.Build
import harness.Interrupted
import harness.Interruptions
import hudson.AbortException
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

class ComposeDeploySpec extends Specification {
    private static final String OLD_WEB = 'sha256:' + '1' * 64
    private static final String OLD_STORE = 'sha256:' + '2' * 64
    private static final String WELL = 'services:\n  web:\n    image: example.com/web:2\n  store:\n    image: example.com/store:1\n  mail:\n    image: example.com/mail:1\n'
    private static final String ILL = WELL.replace('web:2', 'web:unhealthy')

    @AutoCleanup
    Build build = new Build()
    String file = WELL

    def setup() {
        build.prepare { File workspace -> new File(workspace, 'compose.yaml').text = file }
    }

    def 'J21: brings every service up and waits until all are healthy'() {
        when:
        run(waitSeconds: 90)

        then:
        running(build).keySet() == ['web', 'store', 'mail'] as Set
        build.argv('docker').find { it.contains('up') }.containsAll(['--detach', '--wait', '--wait-timeout', '90', '--project-name', 'shop', '--file', 'compose.yaml'])
    }

    def 'J21: a service that the file no longer has goes, but only when the others are healthy'() {
        given:
        runs(build, [web: OLD_WEB, gone: OLD_STORE])

        when:
        run()

        then:
        running(build).keySet() == ['web', 'store', 'mail'] as Set
        build.argv('docker').findAll { it.contains('up') }.collect { it.contains('--remove-orphans') } == [false, true]
    }

    def 'J21: gives every service its image back when one does not get healthy, and takes away what did not run'() {
        given:
        file = ILL
        runs(build, [web: OLD_WEB, store: OLD_STORE])

        when:
        run()

        then:
        thrown(AbortException)
        running(build) == [web: OLD_WEB, store: OLD_STORE]
        build.log.any { it == 'composeDeploy: shop did not come up; what ran before runs again' }
    }

    def 'J21: a first deploy that fails leaves nothing running'() {
        given:
        file = ILL

        when:
        run()

        then:
        thrown(AbortException)
        running(build) == [:]
    }

    def 'tells when it could not go back, and ends with what went wrong first'() {
        given:
        runs(build, [web: OLD_WEB])
        build.answer('docker compose up', exit: 17, err: 'no space left on device')

        when:
        run()

        then:
        AbortException failure = thrown()
        failure.message == 'script returned exit code 17'
        build.log.any { it.startsWith('composeDeploy: shop did not come up, and what ran before could not be put back (exit code 17). Next:') }
    }

    def 'J21: a file that is wrong changes nothing'() {
        given:
        file = 'services:\n'
        runs(build, [web: OLD_WEB])

        when:
        run()

        then:
        thrown(AbortException)
        running(build) == [web: OLD_WEB]
        !build.argv('docker').any { it.contains('up') || it.contains('down') }
    }

    def 'J21: aborted or hung anywhere, it ends as that, and either all or nothing is new'() {
        expect:
        Interruptions.of { Build interrupted ->
            interrupted.prepare { File workspace -> new File(workspace, 'compose.yaml').text = WELL }
            runs(interrupted, [web: OLD_WEB, store: OLD_STORE])
            interrupted.run("node('slipway') { composeDeploy(project: 'shop') }")
        }.each { Interrupted interrupted ->
            assert interrupted.thrown instanceof FlowInterruptedException, interrupted
            assert running(interrupted.build) == [web: OLD_WEB, store: OLD_STORE], interrupted
        } > 6
    }

    def 'J21: reaches another host by ssh with the key of a credential and the one host key'() {
        given:
        build.credential('compose-host', kind: 'sshUserPrivateKey')
        // The one that docker finds tells what the real one would do with its options.
        build.program('docker', '''#!/bin/sh
            [ "$DOCKER_HOST" = ssh://deploy@192.0.2.10:2222 ] || exit 9
            ssh -G -p 2222 -l deploy -- 192.0.2.10 docker system dial-stdio | grep -E '^(identityfile|identitiesonly|batchmode|stricthostkeychecking|user|userknownhostsfile) '
            cat "$KNOWN_HOSTS"
            '''.stripIndent())

        when:
        run(host: 'ssh://deploy@192.0.2.10:2222', hostKey: 'ssh-ed25519 AAAAC3Nz', credentialsId: 'compose-host')

        then:
        build.log.containsAll(['identitiesonly yes', 'batchmode yes', 'user deploy', '[192.0.2.10]:2222 ssh-ed25519 AAAAC3Nz'])
        build.log.any { it ==~ /stricthostkeychecking (yes|true)/ }
        build.log.any { it ==~ /identityfile .*ssh-key-compose-host/ }
        build.temporary.list().toList() == []
    }

    @Unroll
    def 'J19: refuses #args'() {
        when:
        run(args)

        then:
        AbortException failure = thrown()
        failure.message.contains(said)
        build.argv('docker') == []

        where:
        args                                  || said
        [project: null]                       || 'composeDeploy.project is missing'
        [host: 'ssh://deploy@192.0.2.10']     || 'composeDeploy.hostKey is missing'
        [host: 'ssh://deploy@192.0.2.10']     || 'composeDeploy.credentialsId is missing'
        [host: 'tcp://192.0.2.10:2375']       || "composeDeploy.host: 'tcp://192.0.2.10:2375' does not fit"
        [waitSecond: 5]                       || 'unknown argument composeDeploy.waitSecond; did you mean `waitSeconds`?'
    }

    private void run(Map args = [:]) {
        build.run("node('slipway') { composeDeploy(${([project: 'shop'] + args).inspect()}) }")
    }

    private static void runs(Build build, Map<String, String> images) {
        File project = new File(build.outside.state, 'compose/shop')
        project.mkdirs()
        images.each { String service, String image -> new File(project, service).text = image }
    }

    private static Map<String, String> running(Build build) {
        List<File> services = new File(build.outside.state, 'compose/shop').listFiles() as List ?: []
        services.collectEntries { [(it.name): it.text.trim()] }
    }
}

package slipway.source

import harness.Build
import hudson.AbortException
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import slipway.ChartsRepository
import spock.lang.AutoCleanup
import spock.lang.Specification

class SynthManifestsSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    def setup() {
        build.prepare { File workspace -> ChartsRepository.checkOut(workspace) }
        build.program('npm', '#!/bin/sh\n[ "$1" = ci ] || { shift 4; exec node tools/cli/bin.js synth "$@"; }\n')
    }

    def 'J15: dist/ that is what the charts give passes, with the packages of the lock'() {
        when:
        // The real one: others have a quick one, that installs nothing.
        build.program('npm', '#!/bin/sh\nexec /usr/bin/npm "$@"\n')
        run('synthManifests()')

        then:
        noExceptionThrown()
        build.argv('npm') == [['ci', '--no-audit', '--no-fund'], ['run', '--silent', 'synth', '--']]
    }

    def 'J15: dist/ that differs fails with its files'() {
        when:
        run("sh 'echo // changed >>charts/environments/production.ts'; sh 'rm -r dist/lab'; synthManifests()")

        then:
        AbortException failure = thrown()
        failure.message.startsWith('synthManifests: dist/ is not what the charts give:\nM dist/production/workloads/20-apps.yaml\n')
        failure.message.endsWith('Next: npm run synth, look at the difference, commit it')
    }

    def 'a file in dist/ that nobody renders any more differs, too'() {
        when:
        run("sh 'echo x >dist/production/old.yaml'; synthManifests()")

        then:
        AbortException failure = thrown()
        failure.message.contains('?? dist/production/old.yaml')
    }

    def 'only writes where it is told to'() {
        expect:
        run("sh 'echo // changed >>charts/environments/production.ts'; synthManifests(write: true, environment: 'production'); sh(script: 'git status --porcelain -- dist', returnStdout: true).trim()") ==
            'M dist/production/workloads/20-apps.yaml'
        build.argv('npm').last() == ['run', '--silent', 'synth', '--', 'production']
    }

    def 'installs packages once, and anew for another lock'() {
        when:
        run("synthManifests(); synthManifests(); sh 'echo >>package-lock.json'; synthManifests()")

        then:
        build.argv('npm')*.first() == ['ci', 'run', 'run', 'ci', 'run']
    }

    def 'charts that refuse fail the build'() {
        given:
        build.answer('slipway synth', exit: 1, err: 'production.apps.chat.nodePort: 80 is outside 30000–32767')

        when:
        run('synthManifests()')

        then:
        thrown(AbortException)
        build.log.any { it.contains('nodePort: 80 is outside') }
    }

    def 'is limited, packages included'() {
        given:
        build.answer('npm ci', hang: true)

        when:
        run('synthManifests(timeoutMinutes: 3)')

        then:
        thrown(FlowInterruptedException)
        build.steps.find { it.name == 'timeout' }.named == [time: 3, unit: 'MINUTES']
    }

    private Object run(String steps) {
        build.run("node('slipway') { ${steps} }")
    }
}

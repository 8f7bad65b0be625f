package slipway.source

import groovy.json.JsonSlurper
import harness.Build
import hudson.AbortException
import slipway.ChartsRepository
import spock.lang.AutoCleanup
import spock.lang.Specification

class PinImageSpec extends Specification {
    private static final String PIN = "4f1c2a9b7d3e@sha256:${'a' * 64}"

    @AutoCleanup
    Build build = new Build()

    def setup() {
        build.prepare { File workspace -> ChartsRepository.checkOut(workspace) }
    }

    def 'J15: writes pin and dist/, and says that it did'() {
        expect:
        run("pinImage(environment: 'production', pins: [chat: '${PIN}'])") == true
        pins().chat == PIN
        new File(build.workspace, 'dist/production/workloads/20-apps.yaml').text.contains("chat: ${PIN}")
        build.log.any { it.endsWith("→ ${PIN}") }
        build.argv('git').every { it.first() != 'commit' }
    }

    def 'what is pinned already is no change'() {
        expect:
        run("pinImage(environment: 'production', pins: [chat: '${PIN}']); pinImage(environment: 'production', pins: [chat: '${PIN}'])") == false
        build.log.last() == 'production: pinned so already'
    }

    def 'a registry that the environment does not pull from is refused before anything is pinned'() {
        when:
        run("pinImage(environment: 'production', pins: [chat: '${PIN}'], registry: 'docker.io/acme')")

        then:
        AbortException failure = thrown()
        failure.message == "pinImage.registry: 'docker.io/acme' is not where production pulls from: chat from 210987654321.dkr.ecr.eu-central-1.amazonaws.com/chat. Next: set images.registry in charts/environments/production.ts, or push there"
        pins().chat != PIN
    }

    def 'J18: a registry that is the environment\'s passes'() {
        expect:
        run("pinImage(environment: 'production', pins: [chat: '${PIN}'], registry: '210987654321.dkr.ecr.eu-central-1.amazonaws.com')") == true
    }

    def 'an image that the environment does not run is refused'() {
        when:
        run("pinImage(environment: 'production', pins: [caht: '${PIN}'])")

        then:
        AbortException failure = thrown()
        failure.message.startsWith('pinImage: production: slipway pin ended with exit code 2 and changed nothing')
        build.log.any { it.contains('caht') }
    }

    def 'a pin is a tag and a digest, and no option'() {
        when:
        run("pinImage(environment: 'production', pins: [chat: 'latest --json'])")

        then:
        AbortException failure = thrown()
        failure.message.contains("pinImage.pins.chat: 'latest --json' does not fit")
        build.argv('node') == []
    }

    def 'images that cannot be listed pin nothing'() {
        given:
        build.answer('slipway images', exit: 1, err: 'refused')

        when:
        run("pinImage(environment: 'production', pins: [chat: '${PIN}'], registry: 'docker.io/acme')")

        then:
        AbortException failure = thrown()
        failure.message.startsWith('pinImage: the images of production could not be listed')
    }

    private Object run(String steps) {
        build.run("node('slipway') { ${steps} }")
    }

    private Map pins() {
        new JsonSlurper().parse(new File(build.workspace, 'charts/environments/images/production.json')) as Map
    }
}

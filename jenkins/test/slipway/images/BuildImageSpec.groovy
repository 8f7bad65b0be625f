package slipway.images

import harness.Build
import harness.Interrupted
import harness.Interruptions
import hudson.AbortException
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import slipway.Checkout
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

class BuildImageSpec extends Specification {
    private static final String ECR = '123456789012.dkr.ecr.eu-central-1.amazonaws.com'
    private static final Map CHAT = [image: 'chat', tag: '4f1c2a9b7d3e']

    @AutoCleanup
    Build build = new Build()
    String commit

    def setup() {
        build.prepare { File workspace ->
            Checkout checkout = new Checkout(workspace, [Dockerfile: 'FROM scratch', 'app/chat/Dockerfile': 'FROM scratch'])
            // Assembled, as every credential that looks like one.
            checkout.git('remote', 'add', 'origin', 'https://ann:' + 'pass' + '@git.example.com/chat.git')
            commit = checkout.git('rev-parse', 'HEAD')
        }
    }

    def 'J06: builds a Dockerfile in a context for a platform, and returns the archive'() {
        when:
        String archive = run(CHAT + [dockerfile: 'app/chat/Dockerfile', context: 'app', platform: 'linux/arm64'])

        then:
        archive == 'build/chat.tar'
        new File(build.workspace, archive).size() > 0
        new File(build.workspace, 'build/chat.json').text.contains('containerimage')
        valuesOf('--file') == ['app/chat/Dockerfile']
        valuesOf('--platform') == ['linux/arm64']
        buildx().last() == 'app'
    }

    def 'J06: labels say which commit and tag it is, and where its source is, without the password in that'() {
        when:
        run(CHAT + [labels: ['org.opencontainers.image.title': 'chat and more']])

        then:
        valuesOf('--label') == [
            "org.opencontainers.image.revision=${commit}", 'org.opencontainers.image.version=4f1c2a9b7d3e',
            'org.opencontainers.image.source=https://git.example.com/chat.git', 'org.opencontainers.image.title=chat and more',
        ]*.toString()
    }

    def 'J06: build arguments reach the build as they are'() {
        when:
        run(CHAT + [buildArgs: [GREETING: 'it\'s $HOME, "quoted" & `more`', PORT: '8080']])

        then:
        valuesOf('--build-arg') == ['GREETING=it\'s $HOME, "quoted" & `more`', 'PORT=8080']
    }

    @Unroll
    def 'a build argument #name is refused: the history of an image shows it'() {
        when:
        run(CHAT + [buildArgs: [(name): 'x']])

        then:
        AbortException failure = thrown()
        failure.message.contains("buildImage.buildArgs.${name} is no name for it")
        build.argv('docker') == []

        where:
        name << ['NPM_TOKEN', 'db_password', 'APP_SECRET', 'API_KEY', 'A=B', 'WITH SPACE']
    }

    def 'without a cache, no registry is asked and no credential is bound'() {
        when:
        run(CHAT)

        then:
        build.argv('aws') + build.argv('crane') == []
        build.steps.every { it.name != 'withCredentials' }
        !buildx().any { it.startsWith('--cache') }
    }

    def 'reads a cache of ECR behind a login, and does not write it'() {
        when:
        run(CHAT + [cache: ECR + '/cache:chat'])

        then:
        build.argv('crane') == [['auth', 'login', ECR, '--username', 'AWS', '--password-stdin']]
        valuesOf('--cache-from') == ["type=registry,ref=${ECR}/cache:chat".toString()]
        valuesOf('--cache-to') == []
    }

    def 'writes a cache as the OCI image that ECR takes, where it is told to'() {
        when:
        run(CHAT + [cache: ECR + '/cache:chat', pushCache: true])

        then:
        valuesOf('--cache-to') == ["type=registry,ref=${ECR}/cache:chat,mode=max,image-manifest=true,oci-mediatypes=true".toString()]
    }

    def 'a build that fails fails the step'() {
        given:
        build.answer('docker buildx build', exit: 1, err: 'ERROR: failed to solve')

        when:
        run(CHAT)

        then:
        thrown(AbortException)
        build.log.contains('ERROR: failed to solve')
    }

    def 'refuses what is no checkout: nothing says which commit it is'() {
        given:
        build.prepare { File workspace -> new File(workspace, '.git').renameTo(new File(workspace, 'no-git')) }

        when:
        run(CHAT)

        then:
        thrown(AbortException)
        build.argv('docker') == []
    }

    def 'aborted or hung anywhere, it ends as that and leaves no login'() {
        expect:
        Interruptions.of { Build interrupted ->
            interrupted.prepare { File workspace -> new Checkout(workspace, [Dockerfile: 'FROM scratch']) }
            interrupted.run("node('slipway') { buildImage(${(CHAT + [cache: ECR + '/cache:chat']).inspect()}) }")
        }.each { Interrupted interrupted ->
            assert interrupted.thrown instanceof FlowInterruptedException, interrupted
            assert interrupted.build.temporary.list().toList() == [], interrupted
        } > 4
    }

    def 'J19: names what is missing'() {
        when:
        run(image: 'chat')

        then:
        AbortException failure = thrown()
        failure.message.readLines() == [
            'buildImage: a fault in its arguments, nothing was run', "  buildImage.tag is missing: tag, the hash of the inputs, for instance '4f1c2a9b7d3e'",
        ]
    }

    private String run(Map args) {
        build.run("node('slipway') { buildImage(${args.inspect()}) }")
    }

    private List<String> buildx() {
        build.argv('docker').find { it[0] == 'buildx' }
    }

    private List<String> valuesOf(String flag) {
        buildx().findIndexValues { it == flag }.collect { buildx()[(it as int) + 1] }
    }
}

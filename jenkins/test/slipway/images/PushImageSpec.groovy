package slipway.images

import harness.Build
import harness.Interrupted
import harness.Interruptions
import hudson.AbortException
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

class PushImageSpec extends Specification {
    private static final String ECR = '123456789012.dkr.ecr.eu-central-1.amazonaws.com'
    private static final Map PUSH = [archive: 'build/chat.tar', registry: ECR, image: 'chat', tag: '4f1c2a9b7d3e']

    @AutoCleanup
    Build build = new Build()

    def setup() {
        build.prepare { File workspace -> Archive.into(workspace) }
    }

    def 'J09: creates a repository with immutable tags, logs in with a fresh token, pushes, and returns the digest that the registry tells'() {
        when:
        String digest = run(PUSH)

        then:
        digest ==~ /sha256:[0-9a-f]{64}/
        registered('chat', '4f1c2a9b7d3e') == digest
        build.argv('aws')*.take(2) == [['ecr', 'get-login-password'], ['ecr', 'describe-repositories'], ['ecr', 'create-repository']]
        ['--region', 'eu-central-1', '--registry-id', '123456789012', '--image-tag-mutability', 'IMMUTABLE', 'scanOnPush=true'].every { it in created() }
        build.log.last() == "${ECR}/chat:4f1c2a9b7d3e is ${digest}"
    }

    def 'J09: takes a repository that is there as it is'() {
        given:
        run(PUSH)

        when:
        run(PUSH + [tag: 'aaaaaaaaaaaa'])

        then:
        build.argv('aws').count { it[1] == 'create-repository' } == 1
    }

    def 'J09: the same content under the same tag is no push and no fault'() {
        expect:
        run(PUSH) == run(PUSH)
        build.argv('crane').count { it[0] == 'push' } == 1
    }

    def 'J09: other content under a tag that is there is refused, with both digests and the next step'() {
        given:
        String first = run(PUSH)
        build.prepare { File workspace -> Archive.into(workspace, 'other') }

        when:
        run(PUSH)

        then:
        thrown(AbortException)
        build.log.any { it.startsWith("registry: ${ECR}/chat:4f1c2a9b7d3e is ${first}, the archive is sha256:") && it.endsWith('run the build again, it takes the one that is there') }
        registered('chat', '4f1c2a9b7d3e') == first
    }

    def 'J08: logs in to Docker Hub with secret text by stdin, as the owner of the namespace'() {
        when:
        String digest = run(PUSH + [registry: 'docker.io/acme'])

        then:
        digest ==~ /sha256:[0-9a-f]{64}/
        build.argv('aws') == []
        build.argv('crane').findAll { it[0] == 'auth' } == [['auth', 'login', 'docker.io', '--username', 'acme', '--password-stdin']]
        credentials() == [['docker-hub']]
    }

    def 'J08: the user may be another than the namespace, and the credential too'() {
        given:
        build.credential('hub-of-bob', kind: 'string')

        when:
        run(PUSH + [registry: 'docker.io/acme', user: 'bob', credentialsId: 'hub-of-bob'])

        then:
        build.argv('crane').find { it[0] == 'auth' } == ['auth', 'login', 'docker.io', '--username', 'bob', '--password-stdin']
        credentials() == [['hub-of-bob']]
    }

    def 'J18: with an empty credential the role of the instance is who pushes'() {
        given:
        new File(build.outside.state, 'instance-role').text = ''

        expect:
        run(PUSH + [credentialsId: '']) ==~ /sha256:.*/
        credentials() == []
    }

    def 'J08, J09: no login is left on the agent, and none of the user is touched'() {
        given:
        build.onStep('echo') { call, context -> assert build.temporary.list().toList() == [] }

        when:
        run(PUSH)
        run(PUSH + [registry: 'docker.io/acme'])

        then:
        build.temporary.list().toList() == []
        !new File(build.newFolder('home'), '.docker').exists()
    }

    @Unroll
    def 'fails where #what, and pushes nothing'() {
        given:
        build.answer(answer, command)

        when:
        run(PUSH)

        then:
        thrown(AbortException)
        build.argv('crane').every { it[0] != 'push' }
        build.log.any { it.contains(said) }

        where:
        what                              | command                     | answer                                                 || said
        'AWS gives no token'              | 'aws ecr get-login-password'| [error: 'ExpiredTokenException']                       || 'ExpiredTokenException'
        'ECR may not be asked'            | 'aws ecr describe-repositories' | [error: 'AccessDeniedException']                   || 'registry: cannot ask ECR for repository chat'
        'no repository may be made'       | 'aws ecr create-repository' | [error: 'AccessDeniedException']                       || 'registry: cannot create repository chat'
    }

    def 'goes on where another build made the repository meanwhile'() {
        given:
        run(PUSH)
        build.answer('aws ecr describe-repositories', error: 'RepositoryNotFoundException')
        build.answer('aws ecr create-repository', exit: 254, err: 'An error occurred (RepositoryAlreadyExistsException) when calling the CreateRepository operation')

        expect:
        run(PUSH + [tag: 'aaaaaaaaaaaa']) == registered('chat', 'aaaaaaaaaaaa')
    }

    def 'aborted or hung anywhere, it ends as that and leaves no login'() {
        expect:
        Interruptions.of { Build interrupted ->
            interrupted.prepare { File workspace -> Archive.into(workspace) }
            interrupted.run("node('slipway') { pushImage(${PUSH.inspect()}) }")
        }.each { Interrupted interrupted ->
            assert interrupted.thrown instanceof FlowInterruptedException, interrupted
            assert interrupted.build.temporary.list().toList() == [], interrupted
        } > 4
    }

    @Unroll
    def 'asks a registry: #answer is #digest'() {
        given:
        build.answer(answer, 'crane digest')

        expect:
        digestOf() == digest

        where:
        answer                                                                                            || digest
        [out: 'sha256:abc\n']                                                                             || 'sha256:abc'
        [exit: 1, err: 'Error: GET https://x/v2/chat/manifests/t: MANIFEST_UNKNOWN: manifest unknown']    || null
        [exit: 1, err: 'Error: GET https://x/v2/chat/manifests/t: NAME_UNKNOWN: repository name not known'] || null
    }

    def 'a registry that cannot be asked is a failure, not an answer'() {
        given:
        build.answer('crane digest', exit: 1, err: 'Error: GET https://x/v2/chat/manifests/t: UNAUTHORIZED: authentication required')

        when:
        digestOf()

        then:
        thrown(AbortException)
        build.log.any { it.contains('UNAUTHORIZED') }
        build.log.any { it.contains('the registry does not say whether it has it') }
    }

    @Unroll
    def 'J19: refuses #given before anything runs'() {
        when:
        build.run("node('slipway') { pushImage(${(PUSH + given).inspect()}) }")

        then:
        AbortException failure = thrown()
        failure.message.contains(said)
        build.argv('crane') + build.argv('aws') == []

        where:
        given                               || said
        [tag: null]                         || 'pushImage.tag is missing'
        [tag: 'a b']                        || "pushImage.tag: 'a b' does not fit"
        [image: 'Chat']                     || "pushImage.image: 'Chat' does not fit"
        [registry: 'https://docker.io']     || "pushImage.registry: 'https://docker.io' does not fit"
        [imge: 'chat']                      || 'unknown argument pushImage.imge; did you mean `image`?'
    }

    private String run(Map args) {
        build.run("node('slipway') { pushImage(${args.inspect()}) }")
    }

    private String digestOf() {
        build.run("node('slipway') { new slipway.images.Registry(this, '${ECR}').digestOf('chat', '4f1c2a9b7d3e') }")
    }

    private List<String> created() {
        build.argv('aws').find { it[1] == 'create-repository' }
    }

    private List<List<String>> credentials() {
        build.steps.findAll { it.name == 'sh' && it.named.label?.startsWith('push') }*.context*.credentials.findAll()
    }

    private String registered(String repository, String tag) {
        new File(build.outside.state, "registries/${ECR}/${repository}/${tag}").text.trim()
    }
}

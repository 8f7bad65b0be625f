package slipway.release

import groovy.json.JsonSlurper
import harness.Build
import hudson.AbortException
import java.time.Duration
import java.time.Instant
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import slipway.ChartsRepository
import spock.lang.AutoCleanup
import spock.lang.Specification

class RefreshPullSecretSpec extends Specification {
    private static final String REGISTRY = '210987654321.dkr.ecr.eu-central-1.amazonaws.com'

    @AutoCleanup
    Build build = new Build()

    def setup() {
        build.credential('aws-pull', kind: 'aws')
        build.prepare { File workspace -> ChartsRepository.checkOut(workspace) }
    }

    def 'J18: a fresh token stands in the Secret that pods pull with'() {
        when:
        refresh('')

        then:
        Map secret = applied('ecr-secret')
        secret.type == 'kubernetes.io/dockerconfigjson'
        Map login = new JsonSlurper().parse(secret.data['.dockerconfigjson'].decodeBase64()) as Map
        new String(login.auths[REGISTRY].auth.decodeBase64()) == "AWS:${build.outside.token}"
        build.argv('aws') == [['ecr', 'get-login-password', '--region', 'eu-central-1']]
    }

    def 'J18: asks for the token with keys that may only pull: whoever reads the Secret may do what they may'() {
        when:
        refresh('')

        then:
        build.steps.find { it.name == 'sh' }.context.credentials == ['kubeconfig-production', 'aws-pull']
    }

    def 'says until when it holds: 12 hours'() {
        when:
        Instant before = Instant.now()
        refresh('')

        then:
        Instant expires = Instant.parse(applied('ecr-secret').metadata.annotations['slipway.release/expires'])
        Duration.between(before, expires).plusSeconds(1).toHours() == 12
    }

    def 'by another name, with the role of the instance'() {
        given:
        new File(build.outside.state, 'instance-role').text = ''

        when:
        refresh(", secret: 'pull', credentialsId: ''")

        then:
        applied('pull')
        build.steps.find { it.name == 'withCredentials' }.positional.first()*.name == ['file']
    }

    def 'gives no token to another cluster'() {
        given:
        new File(build.outside.state, 'kubernetes').mkdirs()
        new File(build.outside.state, 'kubernetes/server').text = 'https://api.lab.internal:6443'

        when:
        refresh('')

        then:
        thrown(AbortException)
        build.log.any { it.contains('the kubeconfig leads to https://api.lab.internal:6443, production is at https://api.production.internal:6443') }
        build.argv('aws') == []
    }

    def 'an answer of ECR that is none writes no Secret'() {
        given:
        build.answer('aws ecr get-login-password', error: 'ExpiredTokenException')

        when:
        refresh('')

        then:
        thrown(AbortException)
        !new File(build.outside.state, 'kubernetes/chat').exists()
    }

    def 'an abort while the token is fetched stays one'() {
        given:
        build.answer('aws ecr get-login-password', hang: true)

        when:
        refresh(', timeoutMinutes: 2')

        then:
        thrown(FlowInterruptedException)
        build.steps.find { it.name == 'timeout' }.named == [time: 2, unit: 'MINUTES']
    }

    private void refresh(String more) {
        build.run("node('slipway') { refreshPullSecret(environment: 'production', registry: '${REGISTRY}'${more}) }")
    }

    private Map applied(String secret) {
        new JsonSlurper().parse(new File(build.outside.state, "kubernetes/chat/${secret}.json")) as Map
    }
}

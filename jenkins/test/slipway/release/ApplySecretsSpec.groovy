package slipway.release

import harness.Build
import hudson.AbortException
import slipway.ChartsRepository
import spock.lang.AutoCleanup
import spock.lang.Specification

class ApplySecretsSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    def setup() {
        build.credential('redis-password', kind: 'string')
        build.credential('session-key', kind: 'string')
        build.prepare { File workspace -> ChartsRepository.checkOut(workspace) }
    }

    def 'J18: values travel as variables by slipway\'s names, to that one call'() {
        when:
        Map outcome = apply('''[
            [secret: 'redis', key: 'chat_password', credentialsId: 'redis-password'],
            [secret: 'chat-tls', key: 'tls.key', credentialsId: 'session-key'],
        ]''')

        then:
        outcome.changed == ['SLIPWAY_SECRET_CHAT_TLS_TLS_KEY', 'SLIPWAY_SECRET_REDIS_CHAT_PASSWORD']
        build.steps.findAll { it.context.credentials }*.name == ['libraryResource', 'withEnv', 'sh']
        build.argv('node').last().take(5) == ['tools/cli/bin.js', 'secrets', 'production', '--timeout', '5m']
    }

    def 'what is there already is no change'() {
        given:
        String values = "[[secret: 'redis', key: 'chat_password', credentialsId: 'redis-password']]"
        apply(values)

        expect:
        apply(values).changed == []
    }

    def 'a refusal of slipway fails, and says what may have been written'() {
        given:
        build.answer('slipway secrets', exit: 1, err: 'redis/chat_password: too short')

        when:
        apply("[[secret: 'redis', key: 'chat_password', credentialsId: 'redis-password']]")

        then:
        AbortException failure = thrown()
        failure.message.startsWith('applySecrets: production: slipway secrets ended with exit code 1: refused with nothing written, or what was written does not run yet')
    }

    def 'two keys that stand for one variable are refused before anything runs'() {
        when:
        apply("[[secret: 'a', key: 'b.c', credentialsId: 'redis-password'], [secret: 'a', key: 'b_c', credentialsId: 'session-key']]")

        then:
        AbortException failure = thrown()
        failure.message.startsWith('applySecrets.values: two of them stand for one variable')
        build.argv('node') == []
    }

    private Map apply(String values) {
        build.run("node('slipway') { applySecrets(environment: 'production', values: ${values}) }") as Map
    }
}

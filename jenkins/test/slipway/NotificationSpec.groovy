package slipway

import harness.Build
import hudson.AbortException
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

class NotificationSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    @Unroll
    def 'J17: #result after #before is told as "#told"'() {
        given:
        build.previousResult = before

        when:
        notify("currentBuild.result = '${result}'", "to: 'team@example.com', on: ${on.inspect()}")

        then:
        build.mails*.subject == (told ? ["slipway/main #7: ${told}"] : [])

        where:
        result     | before     | on                       || told
        'FAILURE'  | 'SUCCESS'  | ['failure']              || 'failure'
        'FAILURE'  | 'FAILURE'  | ['failure', 'fixed']     || 'failure'
        'FAILURE'  | 'SUCCESS'  | ['success', 'fixed']     || null
        'SUCCESS'  | 'FAILURE'  | ['failure', 'fixed']     || 'fixed'
        'SUCCESS'  | 'UNSTABLE' | ['fixed']                || 'fixed'
        'SUCCESS'  | 'FAILURE'  | ['success']              || 'success'
        'SUCCESS'  | 'SUCCESS'  | ['failure', 'fixed']     || null
        'SUCCESS'  | null       | ['success', 'fixed']     || 'success'
        'UNSTABLE' | 'SUCCESS'  | ['unstable']             || 'unstable'
        'ABORTED'  | 'SUCCESS'  | ['failure']              || null
        'ABORTED'  | 'SUCCESS'  | ['aborted']              || 'aborted'
    }

    def 'J17: failures, unstable builds and what was fixed are told unless said otherwise'() {
        when:
        notify("currentBuild.result = 'UNSTABLE'", "to: 'team@example.com, ops@example.com'")

        then:
        build.mails*.to == ['team@example.com, ops@example.com']
    }

    def 'J17: says where to look, and who approved what'() {
        when:
        notify("currentBuild.description = 'production: approved by ann: release'; currentBuild.result = 'FAILURE'", "to: 'team@example.com', from: 'ci@example.com'")

        then:
        build.mails == [[
            to: 'team@example.com', from: 'ci@example.com', subject: 'slipway/main #7: failure',
            body: 'slipway/main #7 ended: failure\nhttps://jenkins.example.com/job/slipway/job/main/7/\n\nproduction: approved by ann: release\n',
        ]]
    }

    def 'without recipients there is nothing to do'() {
        when:
        notify('', "on: ['failure']")

        then:
        AbortException failure = thrown()
        failure.message.contains('notifyResult.to is missing')
    }

    def 'an end that there is not'() {
        when:
        notify('', "to: 'team@example.com', on: ['failed']")

        then:
        AbortException failure = thrown()
        failure.message.contains("'failed' is none of failure, unstable, aborted, success, fixed")
    }

    private void notify(String before, String arguments) {
        build.run("${before}\nnotifyResult(${arguments})")
    }
}

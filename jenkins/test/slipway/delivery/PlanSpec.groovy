package slipway.delivery

import harness.Build
import hudson.AbortException
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

/** Everything is checked before anything runs. */
class PlanSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    @Unroll
    def 'J19: #what ends the build before a node is taken, and says what to write'() {
        when:
        build.run("deliver(${arguments})")

        then:
        AbortException refused = thrown()
        refused.message.contains(says)
        !build.steps*.name.contains('node')

        where:
        what                                 | arguments                                                    || says
        'a misspelt argument'                | "deployto: ['production']"                                   || 'did you mean `deployTo`?'
        'a misspelt argument of a phase'     | "tests: [comand: 'make test']"                               || 'unknown argument deliver.tests.comand; did you mean `command`?'
        'a misspelt argument of an image'    | "apps: [[name: 'chat', dockerFile: 'x']], registry: 'r.io'"  || 'did you mean `dockerfile`?'
        'a misspelt hook'                    | "hooks: [afterdeploy: { }]"                                  || 'did you mean `afterDeploy`?'
        'another type'                       | "deployTo: 'production'"                                     || "deliver.deployTo: 'production' is no List"
        'charts of another repository by no name' | "charts: [branch: 'main']"                              || 'deliver.charts.url is missing'
        'an application without a registry'  | "app: 'billing'"                                             || 'deliver.registry is missing'
        'one application and several'        | "app: 'a', apps: [[name: 'b']], registry: 'r.io'"            || 'deliver.app and deliver.apps are both given'
        'two environments called the same'   | "deployTo: ['production', 'production']"                     || 'expected each environment once'
        'an approval of nothing'             | "deployTo: ['lab'], approve: ['labs']"                       || 'deliver.approve: labs is none of deployTo'
        'a mail to nobody'                   | "notify: [on: ['failure']]"                                  || 'deliver.notify.to is missing'
    }

    def 'all faults are told at once'() {
        when:
        build.run("deliver(app: 'a', deployto: [], approvalHours: 1000)")

        then:
        AbortException refused = thrown()
        refused.message.startsWith('deliver: 3 faults')
    }

    def 'a job that does not say which branch it builds is refused'() {
        given:
        build.variables.remove('BRANCH_NAME')

        when:
        build.run('deliver()')

        then:
        AbortException refused = thrown()
        refused.message.contains('expected a multibranch job')
    }
}

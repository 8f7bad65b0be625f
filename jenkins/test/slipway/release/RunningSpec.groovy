package slipway.release

import groovy.json.JsonOutput
import harness.Build
import hudson.AbortException
import slipway.ChartsRepository
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

class RunningSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    def setup() {
        build.prepare { File workspace -> ChartsRepository.checkOut(workspace) }
    }

    @Unroll
    def 'J12: of #statuses, "#expected" is what to go back to'() {
        given:
        List<Map> history = []
        statuses.eachWithIndex { String status, int index -> history << [revision: index + 1, status: status] }
        build.answer('slipway history', out: JsonOutput.toJson(history))

        expect:
        revision() == expected

        where:
        statuses                                     || expected
        []                                           || ''
        ['deployed']                                 || '1'
        ['superseded', 'deployed']                   || '2'
        ['superseded', 'deployed', 'failed']         || '2'
        ['superseded', 'superseded', 'bad']          || '2'
        ['deployed', 'pending-upgrade']              || '1'
        ['superseded', 'uninstalled']                || ''
        ['superseded', 'uninstalled', 'deployed']    || '3'
        ['superseded', 'uninstalling', 'failed']     || ''
    }

    def 'a cluster that does not answer is an error, because nobody could go back'() {
        given:
        build.answer('slipway history', exit: 2, err: 'no answer')

        when:
        revision()

        then:
        AbortException failure = thrown()
        failure.message.startsWith('production: nobody could say what runs')
    }

    private String revision() {
        build.run("import slipway.release.Running\nnode('slipway') { new Running(this, [environment: 'production', folder: '.']).revision() }")
    }
}

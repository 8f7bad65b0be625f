package harness

import hudson.AbortException
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import spock.lang.AutoCleanup
import spock.lang.Specification

class ShellSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    Object sh(String script, String more = '') {
        build.run("node('a') { sh(script: '''${script}'''${more}) }")
    }

    def 'a script runs as sh -xe runs it, in the workspace, with its trace in the log'() {
        when:
        sh('pwd; false; echo never')
        then:
        AbortException thrown = thrown()
        thrown.message == 'script returned exit code 1'
        build.log == ['+ pwd', build.workspace.path, '+ false', 'ERROR: script returned exit code 1']
    }

    def 'a first line chooses another interpreter, without trace'() {
        when:
        sh('#!/usr/bin/env bash\nset -o pipefail\nfalse | true || echo "piped ${BASH_VERSION:+bash}"')
        then:
        build.log == ['piped bash']
    }

    def 'gives status or output, and the output of a failure goes to the log'() {
        expect:
        sh('exit 3', ', returnStatus: true') == 3
        sh('printf "a\\nb"', ', returnStdout: true') == 'a\nb'
        when:
        sh('echo why; exit 1', ', returnStdout: true')
        then:
        thrown(AbortException)
        'why' in build.log
    }

    def 'knows the environment of the place and nothing of this process'() {
        build.variables.CHANGE_ID = '12'
        when:
        String said = build.run('''node('slipway') { withEnv(['A=1']) { sh(script: '/usr/bin/env', returnStdout: true) } }''')
        Map<String, String> variables = said.readLines().collectEntries { it.split('=', 2).toList() }
        then:
        variables.subMap('A', 'CHANGE_ID', 'NODE_LABELS', 'WORKSPACE') == [A: '1', CHANGE_ID: '12', NODE_LABELS: 'slipway', WORKSPACE: build.workspace.path]
        variables.HOME != System.getenv('HOME')
        variables.keySet().every { !(it in System.getenv().keySet() - ['PATH', 'HOME', 'LANG', 'PWD', 'OLDPWD', 'SHLVL', '_', 'CI', 'TMPDIR', 'GIT_CONFIG_NOSYSTEM', 'GIT_CONFIG_GLOBAL']) }
    }

    def 'keeps the arguments of every program, fakes and real, but not what a fake is made of'() {
        build.program('slipway', '#!/bin/sh\n')
        when:
        sh('printf "%s" a | sort -u | cat -; slipway "deploy it" --json; sh -c "ls -d /"; docker buildx version')
        then:
        build.argv('docker') == [['buildx', 'version']]
        build.argv('awk').empty
        build.argv('sort') == [['-u']]
        build.argv('slipway') == [['deploy it', '--json']]
        build.argv('ls') == [['-d', '/']]
    }

    def 'a script that hangs is told to end by the timeout around it, and may put things back'() {
        build.answer('cat', hang: true)
        when:
        build.run('''try { timeout(time: 5, unit: 'MINUTES') { node('a') { sh 'trap "echo restored; exit 3" TERM; cat x' } } } finally { echo 'after' }''')
        then:
        FlowInterruptedException thrown = thrown()
        thrown.message == 'Timeout has been exceeded'
        build.log.findAll { !it.startsWith('+') }[0..-2] == ['Sending interrupt signal to process', 'Terminated', 'restored', 'after']
        build.result == 'ABORTED'
    }

    def 'a script that hangs outside of every timeout is a fault'() {
        build.answer('git fetch', hang: true)
        when:
        sh('git --no-pager fetch origin')
        then:
        Fault fault = thrown()
        fault.message == 'sh hangs, and no timeout is around it'
    }

    def 'the hung branch alone is interrupted'() {
        build.answer('cat', hang: true)
        when:
        build.run('''timeout(5) { parallel a: { node('a') { sh 'cat x' } }, b: { echo '1'; echo '2'; echo '3' } }''')
        then:
        thrown(FlowInterruptedException)
        build.log.contains('3')
    }

    def 'a script that ends well in spite of the signal is a step that ended well: the pipeline goes on'() {
        build.interrupt(step: 2, how: How.ABORT, call: 1)
        when:
        build.run('''node('a') { sh 'trap "exit 0" TERM; cat x'; echo 'after' }''')
        then:
        build.result == 'ABORTED'
        build.log.last() == 'after'
    }

    def 'returnStatus does not hide an abort'() {
        build.interrupt(step: 2, how: How.ABORT, call: 1)
        when:
        sh('cat x', ', returnStatus: true')
        then:
        thrown(FlowInterruptedException)
    }

    def 'an abort reaches the innermost step of every branch, once'() {
        build.interrupt(step: 3, how: How.ABORT)
        when:
        build.run('''parallel a: { node('a') { try { sh 'dirname /x' } finally { sh 'echo a' } } },
            b: { node('a') { try { sh 'dirname /x' } finally { sh 'echo b' } } }''')
        then:
        thrown(FlowInterruptedException)
        build.log.findAll { it in ['a', 'b'] } as Set == ['a', 'b'] as Set
        build.argv('dirname').empty
    }

    def 'a process that is left running is a fault'() {
        given:
        Build other = new Build()
        other.run("node('a') { sh 'sleep 60 >/dev/null 2>&1 &' }")
        when:
        other.close()
        then:
        Fault fault = thrown()
        fault.message.contains('sleep 60')
    }
}

package slipway.source

import hudson.AbortException
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import spock.lang.Unroll

class ChartsPushSpec extends ChartsScenario {
    def 'J15: what was pinned arrives on main, and nothing else does'() {
        when:
        Map done = run("open(charts.newest()); pin(); writeFile(file: 'charts/other', text: 'x'); [committed: charts.commit('production: chat\\n\\nReason: it is time'), pushed: charts.push()]")

        then:
        done == [committed: true, pushed: true]
        repository.read(PINS) == PINNED.trim()
        repository.git('log', '-1', '--format=%an <%ae> %cn%n%B', 'main') == 'Ann Lee <ann@example.com> Ann Lee\nproduction: chat\n\nReason: it is time'
        repository.git('diff', '--name-only', 'main^', 'main') == PINS
    }

    def 'J18: the password is asked of the environment: it is in no file, no argument and no address'() {
        when:
        run("open(charts.newest()); pin(); charts.commit('x'); charts.push()")

        then:
        server.admitted.count { it.startsWith('POST /charts.git/git-receive-pack') } >= 1
        !new File(build.workspace, 'charts/.git/config').text.contains('remote')
    }

    def 'J18: a password that the agent remembers is not used in place of the credential'() {
        given:
        build.variables.putAll(GIT_CONFIG_GLOBAL: new File(folder, 'gitconfig').path)
        new File(folder, 'gitconfig').text = '[credential]\n\thelper = "!echo username=other; echo password=wrong; #"\n'

        expect:
        run("charts.newest()") == repository.git('rev-parse', 'main')
    }

    def 'an address with a password is refused'() {
        when:
        run('charts.newest()', server.url.replace('http://', 'http://ann:secret@') + '/charts.git')

        then:
        thrown(AbortException)
        build.log.any { it.contains('the address of the repository holds a password') }
        server.admitted == []
    }

    def 'J15: somebody else pushed first: rejected, and the next attempt stands on theirs'() {
        given:
        String theirs = null
        build.onStep('sh') { call, context ->
            if (call.named.label == 'push to main' && theirs == null) theirs = repository.push('charts/theirs.ts': 'x')
        }

        when:
        Map done = run('''
            open(charts.newest()); pin(); charts.commit('x')
            boolean first = charts.push()
            boolean arrived = charts.pushed
            open(charts.newest()); pin(); charts.commit('x')
            [first: first, arrived: arrived, second: charts.push(), pushed: charts.pushed]
        ''')

        then:
        done == [first: false, arrived: false, second: true, pushed: true]
        repository.git('rev-parse', 'main^') == theirs
    }

    def 'a server that takes no push is an error, not a race'() {
        given:
        hook('pre-receive', 'echo protected; exit 1')

        when:
        run("open(charts.newest()); pin(); charts.commit('x'); charts.push()")

        then:
        AbortException failure = thrown()
        failure.message.startsWith('deliver: main of http://127.0.0.1')
        failure.message.contains('takes no push')
        build.log.any { it.contains('protected') }
    }

    def 'a push whose answer was lost has arrived'() {
        given:
        // The client is told that it failed after the server has taken it.
        build.program('git', "#!/bin/sh\n/usr/bin/git \"\$@\" && { [ \"\$1\" != push ] || exit 128; }\n")

        expect:
        run("open(charts.newest()); pin(); charts.commit('x'); charts.push()") == true
    }

    def 'an abort in the push stays one, and what arrived is known'() {
        given:
        build.onStep('sh') { call, context ->
            if (call.named.label == 'push to main') throw new FlowInterruptedException(hudson.model.Result.ABORTED, 'by ann')
        }

        expect:
        run("open(charts.newest()); pin(); charts.commit('x'); try { charts.push() } catch (org.jenkinsci.plugins.workflow.steps.FlowInterruptedException e) { return charts.pushed }") == false
    }

    def 'a server that does not say whether the push arrived is told of, and counts as no'() {
        given:
        build.onStep('sh') { call, context -> if (call.named.label == 'whether the push arrived') server.close() }

        expect:
        run("open(charts.newest()); pin(); charts.commit('x'); charts.push(); charts.pushed") == false
        build.log.any { it.contains('does not say whether') }
    }

    @Unroll
    def 'every way to the server is limited, and an abort of `#label` stays one'() {
        given:
        boolean limited = false
        build.onStep('sh') { call, context ->
            if (call.named.label != label) return
            limited = context.limited
            throw new FlowInterruptedException(hudson.model.Result.ABORTED, 'by ann')
        }

        when:
        run("open(charts.newest()); pin(); charts.commit('x'); charts.push(); charts.pushed")

        then:
        thrown(FlowInterruptedException)
        limited

        where:
        label << ['newest charts', 'check charts out', 'packages of the charts', 'commit pins and dist/', 'push to main', 'whether the push arrived']
    }

    private void hook(String name, String script) {
        File hook = new File(repository.bare, "hooks/${name}")
        hook.parentFile.mkdirs()
        hook.text = "#!/bin/sh\n${script}\n"
        hook.executable = true
    }
}

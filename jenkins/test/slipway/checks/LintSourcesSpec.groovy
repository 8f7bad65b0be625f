package slipway.checks

import harness.Build
import harness.Interrupted
import harness.Interruptions
import hudson.AbortException
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import slipway.Checkout
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

class LintSourcesSpec extends Specification {
    private static final String LOCK = '{ "name": "sample", "version": "1.0.0", "lockfileVersion": 3, "packages": { "": { "name": "sample", "version": "1.0.0" } } }'
    private static final Map<String, String> SAMPLE = [
        'package.json': '{ "name": "sample", "version": "1.0.0", "scripts": { "lint": "echo typescript is fine", "lint:groovy": "echo groovy is fine" } }',
        'package-lock.json': LOCK, '.gitignore': 'node_modules', 'app/Dockerfile': 'FROM scratch', 'deploy.sh': 'echo deploy', 'bin/start': '#!/bin/sh\necho start\n',
    ]

    @AutoCleanup
    Build build = new Build()
    Map<String, String> files = SAMPLE

    def setup() {
        build.prepare { File workspace -> new Checkout(workspace, files) }
    }

    def 'J04: runs the linter of each kind of source on all that git knows'() {
        when:
        run()

        then:
        build.log.containsAll(['typescript is fine', 'groovy is fine', 'lint dockerfiles: app/Dockerfile', 'lint shell: bin/start', 'lint shell: deploy.sh'])
        build.argv('hadolint') == [['app/Dockerfile']]
        build.argv('shellcheck') == [['bin/start'], ['--shell=sh', 'deploy.sh']]
    }

    def 'J04: installs the packages once'() {
        when:
        run()

        then:
        build.argv('npm').count { it[0] == 'ci' } == 1
    }

    def 'J04: judges the manifests of dist/'() {
        given:
        files = SAMPLE + ['dist/inventory/production.json': '{}', 'tools/cli/bin.js': 'console.log(process.argv.slice(2).join(" ") + ": judged")']

        when:
        run(only: ['manifests'])

        then:
        build.log.contains('check: judged')
    }

    def 'says of each kind that there is nothing to lint, and fails nothing'() {
        given:
        files = ['start.md': '']

        when:
        run()

        then:
        build.log.findAll { it.contains('nothing to do') } == [
            'lint typescript: nothing to do, package.json has no script lint', 'lint groovy: nothing to do, package.json has no script lint:groovy',
            'lint dockerfiles: nothing to do, git knows no Dockerfile', 'lint shell: nothing to do, git knows no shell script',
            'lint manifests: nothing to do, there is no dist/inventory',
        ]
        build.result == 'SUCCESS'
    }

    def 'J04: all linters run, then the build fails once and names those that failed'() {
        given:
        files = SAMPLE + ['package.json': SAMPLE['package.json'].replace('echo typescript is fine', 'exit 3'), 'deploy.sh': 'echo $1']
        build.answer('hadolint', out: 'app/Dockerfile:1 DL3006 warning: tag it', exit: 1)

        when:
        run()

        then:
        AbortException failure = thrown()
        failure.message == 'lintSources: typescript, dockerfiles, shell failed; each says above what it found'
        build.log.any { it.contains('DL3006') } && build.log.any { it.contains('SC2086') }
    }

    @Unroll
    def 'J04: a linter that is not there is a failure: #program'() {
        given:
        build.program(program, '#!/bin/sh\nexit 127\n')

        when:
        run(only: [linter])

        then:
        AbortException failure = thrown()
        failure.message.startsWith("lintSources: ${linter} failed")

        where:
        linter        | program
        'dockerfiles' | 'hadolint'
        'shell'       | 'shellcheck'
        'typescript'  | 'npm'
    }

    @Unroll
    def 'J04: takes #path for a #kind'() {
        given:
        files = [(path): text]

        when:
        run(only: [linter])

        then:
        build.argv(linter == 'shell' ? 'shellcheck' : 'hadolint').any { it.last() == path }

        where:
        linter        | path                    | text
        'shell'       | 'with space/a b.sh'     | '#!/bin/sh\ntrue\n'
        'shell'       | 'run'                   | '#!/usr/bin/env bash\ntrue\n'
        'dockerfiles' | 'Dockerfile'            | 'FROM scratch'
        'dockerfiles' | 'build/Dockerfile.test' | 'FROM scratch'
        'dockerfiles' | 'chat.Dockerfile'       | 'FROM scratch'
        kind = linter
    }

    def 'leaves out what only looks like one'() {
        given:
        files = ['Dockerfile.dockerignore': 'a', 'main.py': '#!/usr/bin/env python3\n', 'notes': '# sh\n']

        when:
        run(only: ['dockerfiles', 'shell'])

        then:
        build.argv('hadolint') + build.argv('shellcheck') == []
    }

    def 'aborted or hung anywhere, it ends as that'() {
        expect:
        Interruptions.of { Build interrupted ->
            interrupted.prepare { File workspace -> new Checkout(workspace, ['app/Dockerfile': 'FROM scratch', 'deploy.sh': 'true\n']) }
            interrupted.run("node('slipway') { lintSources(only: ['dockerfiles', 'shell']) }")
        }.each { Interrupted interrupted -> assert interrupted.thrown instanceof FlowInterruptedException, interrupted } > 6
    }

    def 'J19: names the linter that was meant'() {
        when:
        run(only: ['goovy'])

        then:
        AbortException failure = thrown()
        failure.message.endsWith("lintSources.only[0]: 'goovy' is none of typescript, groovy, dockerfiles, shell, manifests; did you mean `groovy`?")
    }

    private void run(Map args = [:]) {
        build.run("node('slipway') { lintSources(${args.inspect()}) }")
    }
}

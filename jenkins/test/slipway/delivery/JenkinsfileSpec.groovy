package slipway.delivery

import harness.Build
import harness.Library
import harness.declarative.Run
import spock.lang.AutoCleanup
import spock.lang.Specification

/** This project's own Jenkinsfiles, whole, on a small repository that has what they name. */
class JenkinsfileSpec extends Specification {
    private static final Map<String, String> SOURCES = [
        '.npmrc': '', 'app/common/a.ts': 'common', 'app/chat/a.ts': 'chat', 'app/hello/a.ts': 'hello',
        'app/chat/Dockerfile': 'FROM scratch\nCOPY app/chat /srv\n', 'app/hello/Dockerfile': 'FROM scratch\nCOPY app/hello /srv\n',
    ]

    @AutoCleanup
    Project project = new Project(SOURCES)
    @AutoCleanup
    Build build = project.build()

    def 'J16: is triggered by pushes, and by a clock for those that no webhook told of'() {
        when:
        Run run = run('Jenkinsfile') { it.replace("deployTo: ['production']", 'deployTo: [], approve: []').replaceAll(/\[name: '(chat|hello)'.*\],/, '') }

        then:
        run.result == 'SUCCESS'
        run.job.triggers.keySet() == ['githubPush', 'pollSCM'] as Set
        run.job.settings.keySet() == ['skipDefaultCheckout', 'buildDiscarder'] as Set
    }

    def 'J01: delivers main: every stage, none of them on a node of the pipeline'() {
        given:
        build.answerInput([APPROVER: 'admin', REASON: 'release'])

        when:
        Run run = run('Jenkinsfile')

        then:
        run.result == 'SUCCESS'
        statuses(run) == [Plan: 'SUCCESS', Check: 'SUCCESS', Lint: 'SUCCESS', Test: 'SUCCESS', Scan: 'SUCCESS', Images: 'SUCCESS', Preview: 'SKIPPED', Release: 'SUCCESS']
        build.steps.findAll { it.name == 'node' }*.positional.unique() == [['slipway']]
        build.steps.find { it.name == 'input' }.named.submitter == 'admin'
        project.running == project.wanted
        build.mails == []
    }

    def 'a pull request is previewed, never released, and binds no credential'() {
        given:
        build.variables.putAll([BRANCH_NAME: 'PR-4', CHANGE_ID: '4', CHANGE_TARGET: 'main'])

        when:
        Run run = run('Jenkinsfile')

        then:
        run.result == 'SUCCESS'
        statuses(run).subMap(['Images', 'Preview', 'Release']) == [Images: 'SUCCESS', Preview: 'SUCCESS', Release: 'SKIPPED']
        build.bound == []
    }

    def 'a misspelt argument ends it before a node is taken, and somebody is told'() {
        when:
        Run run = run('Jenkinsfile') { it.replace('approvers:', 'aprovers:') }

        then:
        run.result == 'FAILURE'
        run.failure.message.contains('did you mean `approvers`?')
        !build.steps*.name.contains('node')
        build.mails*.to == ['platform@example.com']
    }

    def 'one failed check ends the others, and nothing is built'() {
        given:
        build.program('shellcheck', '#!/bin/sh\nexit 1\n')
        build.program('hadolint', '#!/bin/sh\nexit 1\n')

        when:
        Run run = run('Jenkinsfile')

        then:
        run.result == 'FAILURE'
        build.argv('docker') == []
        statuses(run).Images != 'SUCCESS'
    }

    def 'asks about drift on a clock, and not while a release is in progress'() {
        given:
        project.release()

        when:
        Run run = run('Jenkinsfile.drift')

        then:
        run.result == 'SUCCESS'
        run.job.triggers == [cron: ['H H/6 * * *']]
        build.steps.find { it.name == 'sh' && it.named.label == 'slipway drift production' }.locks == ['slipway-production']
        build.bound.unique() == ['kubeconfig-production']
    }

    private Run run(String name, Closure<String> edit = { it }) {
        File file = new File(build.temporary.parentFile, name)
        file.text = edit(new File(Library.FOLDER, name).text.replace('123456789012.dkr', '210987654321.dkr'))
        build.declarative(file) as Run
    }

    private static Map<String, String> statuses(Run run) {
        run.stages.findAll { !it.name.startsWith('Declarative:') }.collectEntries { [(it.name): it.status] }
    }
}

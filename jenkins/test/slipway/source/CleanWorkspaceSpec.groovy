package slipway.source

import harness.Build
import spock.lang.AutoCleanup
import spock.lang.Specification

class CleanWorkspaceSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    def 'J03: the workspace is empty afterwards, from whatever folder'() {
        expect:
        build.run('''node('slipway') {
            writeFile(file: 'a/b', text: 'x')
            writeFile(file: '.hidden', text: 'x')
            dir('a') { cleanWorkspace() }
            sh(script: 'ls -A', returnStdout: true)
        }''') == ''
    }

    def 'J03: what cannot be deleted fails no build, and nothing is deleted later'() {
        when:
        build.run("node('slipway') { cleanWorkspace() }")

        then:
        build.steps.find { it.name == 'cleanWs' }.named == [deleteDirs: true, disableDeferredWipeout: true, notFailBuild: true]
    }
}

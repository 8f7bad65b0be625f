package slipway.source

import harness.Build
import slipway.ChartsRepository
import spock.lang.AutoCleanup
import spock.lang.Specification

/** Charts of another repository, reached over HTTP with the credential `git-push`. */
abstract class ChartsScenario extends Specification {
    static final String PINS = 'charts/environments/images/production.json'
    static final String PINNED = '{\n  "chat": "000000000009@sha256:00"\n}\n'

    @AutoCleanup
    Build build = new Build()
    File folder = build.newFolder('charts')
    ChartsRepository repository = new ChartsRepository(folder)
    @AutoCleanup
    GitServer server = new GitServer(folder, 'jenkins', build.credentials['git-push'].parts.password)

    def setup() {
        // npm takes a second to find that nothing is to be installed; SynthManifestsSpec has the real one.
        build.program('npm', '#!/bin/sh\n')
    }

    /** Runs steps with `charts`, `open(commit)` and `pin()`; `theirs()` is what somebody else does meanwhile. */
    protected Object run(String steps, String url = null, Closure theirs = null) {
        if (theirs) build.onStep('echo') { call, context -> theirs.call() }
        build.run("""
            import slipway.source.Charts
            def theirs() { echo 'now' }
            node('slipway') {
                Charts charts = new Charts(this, [url: '${url ?: server.url + '/charts.git'}'], 'Ann Lee <ann@example.com>')
                def open = { commit -> charts.open(commit) }
                def pin = { dir('charts') { writeFile(file: '${PINS}', text: ${PINNED.inspect()}) } }
                ${steps}
            }
        """)
    }
}

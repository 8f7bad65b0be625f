package slipway.images

import harness.Build
import slipway.Checkout
import slipway.Script
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

class InputHashSpec extends Specification {
    private static final Map<String, String> FILES = [
        'app/chat/Dockerfile': 'FROM scratch', 'app/chat/main.js': '1', 'app/common/log.js': '1', 'docs/start.md': '1', '.dockerignore': 'docs',
    ]
    private static final Map BUILD = [
        name: 'chat', dockerfile: 'app/chat/Dockerfile', context: '.', platform: 'linux/amd64', buildArgs: [PORT: '80', HOST: '::'], inputs: ['app/chat', 'app/common'],
    ]
    private static final Map<String, String> ENVIRONMENT = [
        DOCKERFILE: 'app/chat/Dockerfile', CONTEXT: '.', PLATFORM: 'linux/amd64', BUILD_ARGS: 'PORT=80\nHOST=::', INPUTS: 'app/chat\napp/common',
    ]

    @AutoCleanup
    Build build = new Build()
    File folder = build.newFolder('checkout')
    Checkout checkout = new Checkout(folder, FILES)

    def 'J09: the tag is 12 hex digits of what the build reads'() {
        given:
        build.prepare { File workspace -> new Checkout(workspace, FILES) }

        expect:
        build.run("node('slipway') { new slipway.images.InputHash(this).of(${BUILD.inspect()}) }") == tag()
        tag() ==~ /[0-9a-f]{12}/
    }

    @Unroll
    def 'J09: #what gives another tag'() {
        given:
        String before = tag(same)

        when:
        checkout.with(change)

        then:
        tag(same + other) != before

        where:
        what                           | same                   | other                              | change
        'a changed input'              | [:]                    | [:]                                | { commit('app/chat/main.js': '2') }
        'a new file in an input'       | [:]                    | [:]                                | { commit('app/common/new.js': '1') }
        'a file that may be executed'  | [:]                    | [:]                                | { git('update-index', '--chmod=+x', 'app/chat/main.js'); git('commit', '-qm', 'x'); git('checkout', '.') }
        'a changed Dockerfile'         | [INPUTS: 'app/common'] | [:]                                | { commit('app/chat/Dockerfile': 'FROM alpine') }
        "the context's ignore file"    | [:]                    | [:]                                | { commit('.dockerignore': 'test') }
        "the Dockerfile's ignore file" | [INPUTS: 'app/common'] | [:]                                | { commit('app/chat/Dockerfile.dockerignore': 'docs') }
        'another build argument'       | [:]                    | [BUILD_ARGS: 'PORT=81\nHOST=::']   | { }
        'another platform'             | [:]                    | [PLATFORM: 'linux/arm64']          | { }
        'another context'              | [:]                    | [CONTEXT: 'app']                   | { }
        'another Dockerfile'           | [:]                    | [DOCKERFILE: 'app/common/log.js']  | { }
    }

    @Unroll
    def 'J09: #what gives the same tag'() {
        given:
        String before = tag(same)

        when:
        checkout.with(change)

        then:
        tag(other) == before

        where:
        what                             | same          | other                                                 | change
        'what is no input'               | [:]           | [:]                                                   | { commit('docs/start.md': '2') }
        'an uncommitted file apart'      | [:]           | [:]                                                   | { write('docs/new.md': '2') }
        'what the library wrote'         | [INPUTS: '.'] | [INPUTS: '.']                                         | { write('build/chat.tar': '1', 'build/new/a.json': '1') }
        'another order of inputs'        | [:]           | [INPUTS: 'app/common\napp/chat']                      | { }
        'another order of arguments'     | [:]           | [BUILD_ARGS: 'HOST=::\nPORT=80']                      | { }
        'an input named twice'           | [:]           | [INPUTS: 'app/chat\napp/common\napp/chat\napp/chat/'] | { }
        'another branch, same inputs'    | [:]           | [:]                                                   | { git('checkout', '-qb', 'other') }
    }

    def 'without inputs, the whole context is one'() {
        given:
        String before = tag(INPUTS: '')
        checkout.commit('docs/start.md': '2')

        expect:
        tag(INPUTS: '') != before
        tag(INPUTS: '', CONTEXT: 'app') ==~ /[0-9a-f]{12}/
    }

    @Unroll
    def 'refuses #what'() {
        given:
        checkout.with(change)

        when:
        Script script = run(other)

        then:
        script.code == 1
        script.errors == said

        where:
        what                       | other                | change                                || said
        'an input not committed'   | [:]                  | { write('app/chat/main.js': '2') }    || 'image-tag: inputs differ from the commit, so that no tag names them; commit or remove:\n M app/chat/main.js'
        'a file that git knows not'| [:]                  | { write('app/chat/new/a.js': '2') }   || 'image-tag: inputs differ from the commit, so that no tag names them; commit or remove:\n?? app/chat/new/a.js'
        'an input that is not'     | [INPUTS: 'app/cht']  | { }                                   || 'image-tag: input app/cht is not in git; commit it, or take it out of `inputs`'
    }

    private String tag(Map<String, String> other = [:]) {
        Script script = run(other)
        assert script.code == 0, script.errors
        script.output
    }

    private Script run(Map<String, String> other) {
        new Script('image-tag', folder, ENVIRONMENT + other)
    }
}

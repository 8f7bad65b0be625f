package harness

/**
 * The world that the fakes play: what their commands say, and the registries and clusters that they keep between two calls.
 * A name is the words of a command: `crane digest` → crane-digest.
 */
class Outside {
    private static final List<String> TEXTS = ['out', 'err', 'exit', 'error', 'findings']
    private final Build build
    private final File kept

    /** @param kept folder of the registries and clusters that outlive the build, or null */
    Outside(Build build, File kept = null) {
        this.build = build
        this.kept = kept
        token = "ecr-${build.canaries.core('the token of ECR')}"
        new File(state, 'ecr-token').text = token
    }

    /** What `aws ecr get-login-password` says. */
    final String token

    File getState() {
        kept ?: build.newFolder('fakes/state')
    }

    Map<String, String> getVariables() {
        [FAKE_LOG: new File(build.newFolder('fakes'), 'log').path, FAKE_ANSWERS: build.newFolder('fakes/answers').path, FAKE_STATE: state.path]
    }

    /** @param given `out`, `err`, `exit`, `error`, `findings` as the fakes read them (jenkins/test/fakes); `hang: true`: it never ends, no fake needed */
    void answer(Map given, String command) {
        given.each { String what, Object value ->
            if (what == 'hang') build.processes.held << command
            else if (what in TEXTS) new File(build.newFolder('fakes/answers'), "${command.replace(' ', '-')}.${what}").text = value.toString()
            else throw new Fault("answer: no ${what}; it takes hang, ${TEXTS.join(', ')}")
        }
    }
}

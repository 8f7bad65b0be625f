package slipway.release

import com.cloudbees.groovy.cps.NonCPS
import groovy.json.JsonSlurper
import slipway.Shell

/** The checkout's own `slipway`: the one engine that changes a cluster. */
class Slipway implements Serializable {
    /** What an environment may be called; nothing of it can be taken for an option. */
    static final String NAME = '[a-z0-9]([a-z0-9-]*[a-z0-9])?'
    /**
     * Minutes that a release may take beyond its own deadline: preflight, a lease that has to run out, diagnostics, and at most five
     * in which slipway puts things back (tools/deploy/release/restore.ts). Jenkins' limit must not be the first one.
     */
    static final int BEYOND = 10
    /** Git ignores it, and slipway explains failures there. */
    private static final String DIAGNOSTICS = 'diagnostics'

    private final def steps
    private final String folder
    /** Id of the secret file; empty where no cluster is asked. */
    private final String kubeconfig

    /** @param options folder: checkout of the charts; environment and kubeconfig (empty: kubeconfig-<environment>) where a cluster is asked */
    Slipway(def steps, Map options) {
        this.steps = steps
        folder = options.folder
        kubeconfig = options.environment ? options.kubeconfig ?: 'kubeconfig-' + options.environment : ''
    }

    /**
     * Runs one command. Credentials are bound around this one call.
     * @param minutes after which it is told to end
     * @param more answer, told: file names below diagnostics/ for its stdout and for its progress; secrets: further bindings
     * @return code: exit code; text: its stdout; answer: the same, read, where it is JSON
     */
    Map run(List<String> words, int minutes, Map more = [:]) {
        String answer = DIAGNOSTICS + '/' + (more.answer ?: words[0] + '-' + words[1] + '.json')
        Map environment = [WORDS: words.join('\n'), ANSWER: answer, TOLD: more.told ? DIAGNOSTICS + '/' + more.told : '']
        int code = 0
        String text = ''
        steps.dir(folder) {
            steps.timeout(time: minutes, unit: 'MINUTES') {
                withBindings(more.secrets ?: []) {
                    code = new Shell(steps).status(environment, 'slipway ' + words[0] + ' ' + words[1], 'slipway')
                }
            }
            text = steps.readFile(file: answer, encoding: 'UTF-8')
        }
        return [code: code, text: text, answer: parsed(text)]
    }

    /** Keeps files of diagnostics/ among the artifacts of the build. */
    void keep(String files) {
        steps.dir(folder + '/' + DIAGNOSTICS) { steps.archiveArtifacts(artifacts: files, allowEmptyArchive: true) }
    }

    private void withBindings(List secrets, Closure body) {
        List bindings = secrets + (kubeconfig ? [steps.file(credentialsId: kubeconfig, variable: 'KUBECONFIG_FILE')] : [])
        if (bindings) steps.withCredentials(bindings) { body.call() }
        else body.call()
    }

    @NonCPS
    private static Object parsed(String text) {
        text =~ /^\s*[\[{]/ ? plain(new JsonSlurper().parseText(text)) : null
    }

    /** The reader's own maps cannot be serialized, and the reader whose maps can is not allowed in the sandbox. */
    @NonCPS
    private static Object plain(Object value) {
        if (value instanceof List) return value.collect { plain(it) }
        if (!(value instanceof Map)) return value
        Map copy = [:]
        value.each { name, held -> copy[name] = plain(held) }
        return copy
    }
}

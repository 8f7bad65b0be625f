package slipway.compose

import com.cloudbees.groovy.cps.NonCPS
import slipway.Arguments
import slipway.Shell

/** Step `composeDeploy`. */
class ComposeDeploy implements Serializable {
    static final String STEP = 'composeDeploy'
    static final String SAYS = 'Brings a compose file up on the agent\'s Docker or on another host, and waits until its services are healthy. ' +
        'If that fails or is aborted, each service gets the image back that it ran before; what else changed in the file, and volumes, stay as they are.'
    static final Map ARGUMENTS = [
        file: [type: String, byDefault: 'compose.yaml', says: 'compose file, relative to the workspace'],
        project: [type: String, required: true, pattern: '[a-z0-9][a-z0-9_-]*', says: 'name of the compose project', example: "'chat'"],
        host: [type: String, byDefault: '', pattern: '(ssh://[A-Za-z0-9._-]+@[A-Za-z0-9.-]+(:[0-9]+)?)?', says: 'host that it runs on; empty: the agent\'s own Docker', example: "'ssh://deploy@192.0.2.10'"],
        hostKey: [type: String, byDefault: '', pattern: '([a-z0-9@.-]+ [A-Za-z0-9+/=]+)?', says: 'the host\'s public key, type and key, as `ssh-keyscan` prints them', example: "'ssh-ed25519 AAAA…'"],
        credentialsId: [type: String, byDefault: '', says: 'SSH key without passphrase that the host lets in', example: "'compose-host'"],
        waitSeconds: [type: Integer, byDefault: 120, min: 1, says: 'until every service has to be healthy, seconds; again for going back'],
        timeoutMinutes: [type: Integer, byDefault: 30, min: 1, says: 'deadline with pulls and builds, minutes; again for going back'],
    ]

    private static final List<String> PARTS = ['private', 'docker-host']

    private final def steps

    ComposeDeploy(def steps) {
        this.steps = steps
    }

    void run(Map given) {
        List<String> faults = Arguments.faults(STEP, ARGUMENTS, given) + withoutTrust(given)
        if (faults) steps.error(Arguments.told(STEP, faults))
        Map options = Arguments.values(ARGUMENTS, given)
        withKey(options) { deploy(options) }
    }

    private void deploy(Map options) {
        script(options, 'what runs', 'compose-running')
        try {
            script(options, 'up', 'compose-up')
        } catch (Throwable failure) {
            goBack(options)
            throw failure
        }
    }

    /** Tells whether it went well, and fails nothing: what went wrong before is what the build ends with. */
    private void goBack(Map options) {
        int code = steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') {
            new Shell(steps).status(environment(options), "compose ${options.project}: going back", 'compose-restore', PARTS)
        }
        steps.echo(code == 0
            ? "composeDeploy: ${options.project} did not come up; what ran before runs again"
            : "composeDeploy: ${options.project} did not come up, and what ran before could not be put back (exit code ${code}). Next: `docker compose ps` on the host")
    }

    private void script(Map options, String does, String script) {
        steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') {
            new Shell(steps).run(environment(options), "compose ${options.project}: ${does}", script, PARTS)
        }
    }

    private void withKey(Map options, Closure body) {
        if (options.host) {
            steps.withCredentials([steps.sshUserPrivateKey(credentialsId: options.credentialsId, keyFileVariable: 'SSH_KEY')]) { body.call() }
        } else {
            body.call()
        }
    }

    @NonCPS
    private static List<String> withoutTrust(Map given) {
        if (!given.host) return []
        ['hostKey', 'credentialsId'].findAll { !given[it] }.collect { "${STEP}.${it} is missing: ${ARGUMENTS[it].says}; a host needs it".toString() }
    }

    @NonCPS
    private static Map environment(Map options) {
        [
            FILE: options.file, PROJECT: options.project, BEFORE: "build/compose-${options.project}.yaml", WAIT_SECONDS: options.waitSeconds,
            DOCKER_HOST: options.host, HOST_KEY: options.hostKey,
        ]
    }
}

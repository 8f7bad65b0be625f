package slipway.release

import slipway.Arguments
import slipway.Shell

/** Step `refreshPullSecret`. */
class RefreshPullSecret implements Serializable {
    static final String STEP = 'refreshPullSecret'
    static final String SAYS = 'Writes a fresh token of ECR into the Secret that pods pull images with. It holds for 12 hours: run it more often (a job with `cron`), ' +
        'or let the kubelet\'s credential provider do it, which needs no Secret.'
    static final Map ARGUMENTS = [
        environment: [type: String, required: true, pattern: Slipway.NAME, says: 'environment of dist/', example: "'production'"],
        registry: [type: String, required: true, pattern: '[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?', says: 'registry in ECR', example: "'123456789012.dkr.ecr.eu-central-1.amazonaws.com'"],
        secret: [type: String, byDefault: 'ecr-secret', pattern: '[a-z0-9]([a-z0-9.-]*[a-z0-9])?', says: 'name of the Secret: images.pullSecret of the environment'],
        credentialsId: [type: String, byDefault: 'aws-pull', says: 'AWS keys that may pull and nothing else, because whoever reads the Secret may do what they may; empty: the role of the instance'],
        kubeconfig: [type: String, byDefault: '', says: 'id of the secret file with the deployer\'s kubeconfig; empty: kubeconfig-<environment>'],
        folder: [type: String, byDefault: '.', says: 'checkout of the charts, below the workspace: its dist/inventory says which cluster and namespace'],
        timeoutMinutes: [type: Integer, byDefault: 5, min: 1, says: 'deadline, minutes'],
    ]

    private final def steps

    RefreshPullSecret(def steps) {
        this.steps = steps
    }

    void run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        String environment = options.environment
        List bindings = [steps.file(credentialsId: options.kubeconfig ?: 'kubeconfig-' + environment, variable: 'KUBECONFIG_FILE')]
        if (options.credentialsId) bindings.add([$class: 'AmazonWebServicesCredentialsBinding', credentialsId: options.credentialsId])
        steps.dir(options.folder) {
            steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') {
                steps.withCredentials(bindings) {
                    new Shell(steps).run([ENVIRONMENT: environment, REGISTRY: options.registry, SECRET: options.secret], 'fresh token into Secret ' + options.secret, 'pull-secret')
                }
            }
        }
    }
}

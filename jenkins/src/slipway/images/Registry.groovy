package slipway.images

import com.cloudbees.groovy.cps.NonCPS
import slipway.Shell

/**
 * A container registry: ECR (`<account>.dkr.ecr.<region>.amazonaws.com`), or any other one with a user and a token.
 * Each script logs in for itself and forgets the login: ECR's tokens live 12 hours, and nobody else finds one.
 */
class Registry implements Serializable {
    /** Host, then what stands before each image's name. */
    static final String PATTERN = '[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._-]+)*'
    private static final String ECR = '[0-9]{12}\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?(/.*)?'

    private static final List<String> PARTS = ['private', 'registry']

    private final def steps
    private final String registry
    private final String credentialsId
    private final String user

    /**
     * @param credentialsId null: `aws` for ECR, `docker-hub` for others; empty: the role of the instance, or no login
     * @param user who the token belongs to, outside of ECR; null or empty: the first part of the path, as in docker.io/<user>
     */
    Registry(def steps, String registry, String credentialsId = null, String user = null) {
        this.steps = steps
        this.registry = registry
        this.credentialsId = credentialsId
        this.user = user
    }

    /** The digest that a tag names, or null where the registry has none. Nothing is pulled. */
    String digestOf(String image, String tag) {
        String digest = output([IMAGE: image, TAG: tag], "digest of ${image}:${tag}", 'image-digest')
        return digest ?: null
    }

    /** Pushes an archive under a tag that is new, or that has the same content. @return digest that the registry tells */
    String push(String archive, String image, String tag) {
        return output([ARCHIVE: archive, IMAGE: image, TAG: tag], "push ${image}:${tag}", 'push-image')
    }

    /** Runs a script with this registry's login around it. */
    void run(Map environment, String label, String script) {
        loggedIn { new Shell(steps).run(own(environment), label, script, PARTS) }
    }

    /** The same. @return what the script writes to stdout */
    String output(Map environment, String label, String script) {
        return loggedIn { new Shell(steps).output(own(environment), label, script, PARTS) }
    }

    private Object loggedIn(Closure body) {
        String id = credential()
        if (!id) return body.call()
        List bindings = isEcr()
            ? [[$class: 'AmazonWebServicesCredentialsBinding', credentialsId: id]]
            : [steps.string(credentialsId: id, variable: 'REGISTRY_TOKEN')]
        return steps.withCredentials(bindings) { body.call() }
    }

    @NonCPS
    private Map own(Map environment) {
        [REGISTRY: registry, REGISTRY_USER: userName()] + environment
    }

    @NonCPS
    private boolean isEcr() {
        registry.matches(ECR)
    }

    @NonCPS
    private String credential() {
        credentialsId == null ? (isEcr() ? 'aws' : 'docker-hub') : credentialsId
    }

    @NonCPS
    private String userName() {
        if (isEcr() || user) return user
        List<String> parts = registry.tokenize('/')
        parts.size() > 1 ? parts[1] : null
    }
}

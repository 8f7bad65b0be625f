package slipway.images

import slipway.Arguments

/** Step `pushImage`. */
class PushImage implements Serializable {
    static final String STEP = 'pushImage'
    static final String SAYS = 'Pushes a built archive to ECR, Docker Hub or another registry and returns its digest (sha256:…). ' +
        'A repository that ECR does not have is created, with immutable tags and scans. ' +
        'A tag that is there with the same content is no fault; with another content it is.'
    static final Map ARGUMENTS = [
        archive: [type: String, required: true, says: 'what `buildImage` returned: path of the archive', example: "'build/chat.tar'"],
        registry: [type: String, required: true, pattern: Registry.PATTERN, says: 'host of the registry, with the path before the image', example: "'123456789012.dkr.ecr.eu-central-1.amazonaws.com'"],
        image: [type: String, required: true, pattern: BuildImage.NAME, says: 'repository in the registry', example: "'chat'"],
        tag: [type: String, required: true, pattern: BuildImage.TAG, says: 'tag, the hash of the inputs', example: "'4f1c2a9b7d3e'"],
        credentialsId: [type: String, byDefault: null, says: 'AWS keys for ECR (`aws` if not given; empty: the role of the instance), elsewhere secret text (`docker-hub` if not given; empty: no login)'],
        user: [type: String, byDefault: '', says: 'who the secret text belongs to; empty: the first part of the registry\'s path, as acme in docker.io/acme'],
        timeoutMinutes: [type: Integer, byDefault: 30, min: 1, says: 'deadline, minutes'],
    ]

    private final def steps

    PushImage(def steps) {
        this.steps = steps
    }

    String run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        Registry registry = new Registry(steps, options.registry, options.credentialsId, options.user)
        String digest = steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') {
            registry.push(options.archive, options.image, options.tag)
        }
        steps.echo("${options.registry}/${options.image}:${options.tag} is ${digest}")
        return digest
    }
}

package slipway.images

import com.cloudbees.groovy.cps.NonCPS
import slipway.Arguments

/** Step `buildImage`. */
class BuildImage implements Serializable {
    /** Repository and tag, as the distribution specification has them. */
    static final String NAME = '[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*'
    static final String TAG = '[A-Za-z0-9_][A-Za-z0-9._-]{0,127}'

    static final String STEP = 'buildImage'
    static final String SAYS = 'Builds one image with buildx into an archive, build/<image>.tar, and returns its path. Nothing is pushed. ' +
        'The labels org.opencontainers.image.source, .revision and .version say which commit and tag it is.'
    static final Map ARGUMENTS = [
        image: [type: String, required: true, pattern: NAME, says: 'name of the image', example: "'chat'"],
        tag: [type: String, required: true, pattern: TAG, says: 'tag, the hash of the inputs', example: "'4f1c2a9b7d3e'"],
        dockerfile: [type: String, byDefault: 'Dockerfile', says: 'file that it is built by, relative to the workspace'],
        context: [type: String, byDefault: '.', says: 'folder that the build may copy from; where that is the whole checkout, .dockerignore names `build`'],
        buildArgs: [type: Map, of: String, byDefault: [:], pattern: '.*', keys: '(?!(?i).*(passw|secret|token|credential|api_?key|private_?key))[A-Za-z_][A-Za-z0-9_]*', says: 'build arguments by name; the image\'s history shows them, so that no secret is one', example: "[PORT: '8080']"],
        labels: [type: Map, of: String, byDefault: [:], pattern: '.*', keys: '[A-Za-z0-9._/-]+', says: 'further labels by name'],
        platform: [type: String, byDefault: 'linux/amd64', pattern: '[a-z0-9]+/[a-z0-9]+(/[a-z0-9]+)?', says: 'the one platform that is built for'],
        cache: [type: String, byDefault: '', says: 'where layers are kept between builds: a reference with a tag that may move; empty: nowhere', example: "'123456789012.dkr.ecr.eu-central-1.amazonaws.com/cache:chat'"],
        pushCache: [type: Boolean, byDefault: false, says: 'whether this build writes the cache; builds of the main branch only should'],
        credentialsId: [type: String, byDefault: null, says: 'login of the registry that holds the cache, as in `pushImage`'],
        timeoutMinutes: [type: Integer, byDefault: 60, min: 1, says: 'deadline, minutes'],
    ]

    private final def steps

    BuildImage(def steps) {
        this.steps = steps
    }

    String run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        String archive = "build/${options.image}.tar"
        Map environment = environment(options) + [ARCHIVE: archive, METADATA: "build/${options.image}.json"]
        // Without a cache there is no registry to ask, and a pull request has no credential that it could ask with.
        String login = options.cache ? options.credentialsId : ''
        steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') {
            new Registry(steps, hostOf(options.cache), login).run(environment, "build ${options.image}:${options.tag}", 'build-image')
        }
        return archive
    }

    @NonCPS
    private static Map environment(Map options) {
        [
            IMAGE: options.image, TAG: options.tag, DOCKERFILE: options.dockerfile, CONTEXT: options.context, PLATFORM: options.platform,
            BUILD_ARGS: lines(options.buildArgs), LABELS: lines(options.labels),
            CACHE: options.cache, PUSH_CACHE: options.pushCache,
        ]
    }

    @NonCPS
    private static String lines(Map named) {
        named.collect { name, value -> "${name}=${value}" }.join('\n')
    }

    @NonCPS
    private static String hostOf(String reference) {
        reference ? reference.tokenize('/')[0] : ''
    }
}

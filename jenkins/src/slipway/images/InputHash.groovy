package slipway.images

import com.cloudbees.groovy.cps.NonCPS
import slipway.Shell

/** The tag of an image: 12 hex digits of all that its build reads, as git holds it. What was built once is not built again. */
class InputHash implements Serializable {
    private final def steps

    InputHash(def steps) {
        this.steps = steps
    }

    /**
     * In a checkout whose inputs are committed; others are refused.
     * @param build dockerfile, context, platform, buildArgs (by name), inputs: paths that the build reads, none: the context
     */
    String of(Map build) {
        return new Shell(steps).output(environment(build), "tag of ${build.name}", 'image-tag')
    }

    @NonCPS
    private static Map environment(Map build) {
        [
            DOCKERFILE: build.dockerfile, CONTEXT: build.context, PLATFORM: build.platform,
            INPUTS: build.inputs.join('\n'), BUILD_ARGS: build.buildArgs.collect { name, value -> "${name}=${value}" }.join('\n'),
        ]
    }
}

package slipway.delivery

import slipway.images.InputHash
import slipway.images.Registry

/** Builds the images of a delivery; what a registry has of the same inputs is not built again. */
class Images implements Serializable {
    private final def steps
    private final Map options

    Images(def steps, Map options) {
        this.steps = steps
        this.options = options
    }

    /** In a checkout, without credentials: every image is built and scanned. */
    void tryOut() {
        options.apps.each { Map app -> build(app + [cache: ''], tagOf(app)) }
    }

    /** In a checkout: every image is in the registry afterwards. @return `tag@digest` by application */
    Map<String, String> deliver() {
        Map<String, String> pins = [:]
        options.apps.each { Map app ->
            String tag = tagOf(app)
            pins[app.name] = "${tag}@${reused(app, tag) ?: pushed(app, tag)}".toString()
        }
        return pins
    }

    private String tagOf(Map app) {
        return new InputHash(steps).of(app)
    }

    private String reused(Map app, String tag) {
        String digest = new Registry(steps, options.registry, options.registryCredentialsId).digestOf(app.name, tag)
        if (digest) steps.echo("${app.name}:${tag} was built of the same inputs already: ${digest}")
        return digest
    }

    private String pushed(Map app, String tag) {
        String archive = build(app, tag)
        return steps.pushImage(
            archive: archive,
            registry: options.registry,
            image: app.name,
            tag: tag,
            credentialsId: options.registryCredentialsId,
        )
    }

    /** Built and scanned; what the scan refuses goes no further. @return path of the archive */
    private String build(Map app, String tag) {
        String archive = steps.buildImage(
            image: app.name,
            tag: tag,
            dockerfile: app.dockerfile,
            context: app.context,
            buildArgs: app.buildArgs,
            platform: app.platform,
            cache: app.cache,
            pushCache: app.cache != '',
            credentialsId: options.registryCredentialsId,
        )
        steps.scanImage(archive: archive, name: app.name, severity: options.scan.severity, exceptions: options.scan.exceptions)
        return archive
    }
}

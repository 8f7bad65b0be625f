package slipway.source

import com.cloudbees.groovy.cps.NonCPS
import slipway.Arguments
import slipway.release.Slipway

/** Step `pinImage`. */
class PinImage implements Serializable {
    static final String STEP = 'pinImage'
    static final String SAYS = 'Pins images of an environment and writes its part of dist/. Returns true if anything changed. Commits nothing.'
    static final Map ARGUMENTS = [
        environment: [type: String, required: true, pattern: Slipway.NAME, says: 'environment that runs the images', example: "'production'"],
        pins: [type: Map, of: String, required: true, pattern: '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@sha256:[0-9a-f]{64})?', says: 'tag@digest by image', example: "[chat: 'a1b2c3d4e5f6@sha256:…']"],
        registry: [type: String, byDefault: '', says: 'registry that the images were pushed to, from where the environment has to pull them; empty: not compared', example: "'123456789012.dkr.ecr.eu-central-1.amazonaws.com'"],
        folder: [type: String, byDefault: '.', says: 'checkout of the charts, below the workspace'],
        timeoutMinutes: [type: Integer, byDefault: 10, min: 1, says: 'deadline, minutes'],
    ]

    private final def steps

    PinImage(def steps) {
        this.steps = steps
    }

    boolean run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        Slipway slipway = new Slipway(steps, [folder: options.folder])
        if (options.registry) requireRegistry(slipway, options)
        Map call = slipway.run(['pin', options.environment] + words(options.pins) + ['--json'], options.timeoutMinutes)
        if (call.code != 0) {
            steps.error("pinImage: ${options.environment}: slipway pin ended with exit code ${call.code} and changed nothing; the log above says why. Next: put right what it names")
        }
        steps.echo(told(options.environment, call.answer))
        return isChange(call.answer)
    }

    /** A pin names tag and digest; the registry is the environment's. Where it is another one, the cluster pulls something else, or nothing. */
    private void requireRegistry(Slipway slipway, Map options) {
        Map call = slipway.run(['images', options.environment, '--json'], options.timeoutMinutes)
        if (call.code != 0) steps.error("pinImage: the images of ${options.environment} could not be listed; the log above says why. Next: put right what it names")
        List<String> elsewhere = pulledElsewhere(call.answer.images, options)
        if (elsewhere) {
            steps.error("pinImage.registry: '${options.registry}' is not where ${options.environment} pulls from: ${elsewhere.join(', ')}. Next: set images.registry in charts/environments/${options.environment}.ts, or push there")
        }
    }

    @NonCPS
    private static List<String> words(Map pins) {
        pins.collect { image, pin -> "${image}=${pin}".toString() }
    }

    @NonCPS
    private static List<String> pulledElsewhere(List images, Map options) {
        images.findAll { options.pins.containsKey(it.name) && it.repository != "${options.registry}/${it.name}".toString() }.collect { "${it.name} from ${it.repository}".toString() }
    }

    @NonCPS
    private static boolean isChange(Map pinned) {
        pinned.pins || pinned.written || pinned.removed
    }

    @NonCPS
    private static String told(String environment, Map pinned) {
        if (!isChange(pinned)) return "${environment}: pinned so already".toString()
        List<String> lines = pinned.pins.collect { "  ${it.image}  ${it.before ?: 'what the chart names'} → ${it.after}".toString() }
        List<String> head = ["${environment}: ${pinned.written.size() + pinned.removed.size()} files of dist/ written or removed".toString()]
        return (head + lines).join('\n')
    }
}

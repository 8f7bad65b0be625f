package slipway.source

import slipway.Arguments
import slipway.Shell
import slipway.release.Slipway

/** Step `synthManifests`. */
class SynthManifests implements Serializable {
    static final String STEP = 'synthManifests'
    static final String SAYS = 'Synthesizes dist/, and fails with the files where git holds something else.'
    static final Map ARGUMENTS = [
        environment: [type: String, byDefault: '', pattern: Slipway.NAME + '|', says: 'environment to synthesize; empty: all of them', example: "'production'"],
        write: [type: Boolean, byDefault: false, says: 'only write: dist/ may differ from git'],
        folder: [type: String, byDefault: '.', says: 'checkout of the charts, below the workspace'],
        timeoutMinutes: [type: Integer, byDefault: 15, min: 1, says: 'deadline, minutes; installing packages counts'],
    ]

    private final def steps

    SynthManifests(def steps) {
        this.steps = steps
    }

    void run(Map given) {
        Map options = Arguments.read(steps, STEP, ARGUMENTS, given)
        String differing = ''
        steps.dir(options.folder) {
            steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') {
                new Shell(steps).run([ENVIRONMENT: options.environment], 'synthesize dist/', 'synth', ['npm-install'])
                if (!options.write) differing = new Shell(steps).output([PATHS: 'dist'], 'dist/ against git', 'git-changes')
            }
        }
        if (differing) {
            steps.error("synthManifests: dist/ is not what the charts give:\n${differing}\nReviewers read dist/, and a deploy applies it. Next: npm run synth, look at the difference, commit it")
        }
    }
}

package slipway.delivery

import slipway.Shell

/** What a change does to `dist/`, as Markdown: an artifact, and a check on the pull request. */
class Preview implements Serializable {
    private static final String FILE = 'diff.md'

    private final def steps

    Preview(def steps) {
        this.steps = steps
    }

    void publish(String target) {
        new Shell(steps).run([TARGET: target, REPORT: FILE], "what changes against ${target}", 'preview')
        steps.archiveArtifacts(artifacts: FILE)
        String text = steps.readFile(file: FILE, encoding: 'UTF-8')
        steps.publishChecks(name: 'slipway diff', title: 'What this does to dist/', summary: text)
    }
}

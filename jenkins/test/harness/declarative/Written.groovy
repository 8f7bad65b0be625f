package harness.declarative

/** Jenkinsfiles for specs. */
class Written {
    static final String STEPS = "steps { echo 'done' }"
    static final String STAGES = "stages { stage('Build') { ${STEPS} } }"

    /** @param sections of the pipeline, `agent` and `stages` among them */
    static String pipeline(String... sections) {
        "pipeline {\n${sections.join('\n')}\n}"
    }

    /** A pipeline with one more section. */
    static String with(String section) {
        pipeline('agent none', section, STAGES)
    }

    /** A pipeline of one stage with these sections. */
    static String stage(String... sections) {
        pipeline('agent none', "stages { stage('Build') {\n${sections.join('\n')}\n} }")
    }

    static File file(String text) {
        File file = File.createTempFile('Jenkinsfile', '')
        file.deleteOnExit()
        file.text = text
        file
    }

    /** What Jenkins would say to it, without the place. */
    static List<String> refusals(String text) {
        try {
            new PipelineReader(new Source(file(text))).read()
            return []
        } catch (Refused refused) {
            return refused.refusals.collect { (it =~ /(?s)WorkflowScript: (?:\d+: )?(.*?)(?: @ line \d+, column \d+\.)?$/)[0][1] as String }
        }
    }
}

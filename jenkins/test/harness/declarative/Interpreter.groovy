package harness.declarative

/**
 * Runs a declarative pipeline that has been read. Order and scope of its parts: ModelInterpreter.groovy of
 * jenkinsci/pipeline-model-definition-plugin at 9307c3f; beforeInput and beforeOptions: Pipeline Syntax of jenkins.io at c2bc4ac.
 * It is pipeline code, as there: `Declarative` compiles it and `Surroundings` for the interpreter of steps; what Maven makes of them is not used.
 */
class Interpreter implements Serializable {
    private static final String AFTER_FAILURE = 'earlier failure(s)'
    private static final String AFTER_UNSTABLE = 'earlier stage(s) marking the build as unstable'
    private static final String BY_CONDITION = 'when conditional'

    /** The Jenkinsfile's script. */
    private final Object steps
    private final Object report
    private final Surroundings surroundings

    Interpreter(Object steps, Object report) {
        this.steps = steps
        this.report = report
        surroundings = new Surroundings(steps, report)
    }

    void run(Map root) {
        Throwable first = null
        boolean posted = false
        try {
            report.begin(root)
            surroundings.onAgent(root.agent, root.options, null) {
                surroundings.inEnvironment(root.environment) {
                    surroundings.wrapped(root.options?.wrappers) {
                        first = inSequence(root.stages, null, null, null)
                        posted = true
                        first = afterBuild(root.post, first)
                    }
                }
            }
        } catch (Throwable thrown) {
            report.failed(thrown)
            if (first == null) first = thrown
        }
        if (!posted) first = afterBuild(root.post, first)
        if (first != null) throw first
    }

    /** @return the first error, of those before these stages or of theirs */
    private Throwable inSequence(List stages, Map parent, Throwable earlier, String skipped) {
        Throwable first = earlier
        stages.each { Map stage ->
            try {
                inStage(stage, first, skipped)
            } catch (Throwable thrown) {
                report.failed(thrown)
                if (first == null) first = thrown
            }
        }
        if (parent != null && skipped == null) first = after(parent.post, parent.name, first)
        first
    }

    private void inStage(Map stage, Throwable earlier, String skippedWith) {
        steps.stage(stage.name) {
            Throwable first = earlier
            String skipped = skippedWith
            if (skipped == null && earlier != null) skipped = AFTER_FAILURE
            if (skipped == null && report.skipsUnstable()) skipped = AFTER_UNSTABLE
            try {
                if (skipped == null && stage.when?.beforeOptions && !holds(stage.when)) skipped = BY_CONDITION
                if (skipped == null) {
                    surroundings.wrapped(stage.options?.wrappers) {
                        if (stage.when?.beforeInput && !stage.when.beforeOptions && !holds(stage.when)) skipped = BY_CONDITION
                        if (skipped == null) surroundings.afterInput(stage.input) { if (!execute(stage)) skipped = BY_CONDITION }
                    }
                }
                if (skipped != null) skip(stage, first, skipped)
            } catch (Throwable thrown) {
                report.failed(thrown)
                if (first == null) first = thrown
            }
            if (skipped == null && stage.parallel != null) first = after(stage.post, stage.name, first)
            if (first != null) throw first
        }
    }

    /** @return whether its condition let it run */
    private boolean execute(Map stage) {
        boolean asked = stage.when == null || stage.when.beforeOptions || stage.when.beforeInput
        if (!asked && (stage.when.beforeAgent || stage.parallel != null)) {
            if (!holds(stage.when)) return false
            asked = true
        }
        boolean holds = true
        surroundings.onAgent(stage.agent, stage.options, stage) {
            if (!asked) holds = this.holds(stage.when)
            if (holds) surroundings.inEnvironment(stage.environment) { content(stage) }
        }
        holds
    }

    private void content(Map stage) {
        if (stage.parallel != null) {
            steps.parallel(branches(stage, null, null))
        } else if (stage.stages != null) {
            Throwable nested = inSequence(stage.stages, stage, null, null)
            if (nested != null) throw nested
        } else {
            Throwable failure = null
            try {
                stage.steps.call()
            } catch (Throwable thrown) {
                report.failed(thrown)
                failure = thrown
            }
            failure = after(stage.post, stage.name, failure)
            if (failure != null) throw failure
        }
    }

    private Map branches(Map stage, Throwable earlier, String skipped) {
        Map branches = [:]
        stage.parallel.each { Map inner -> branches[inner.name] = { inStage(inner, earlier, skipped) } }
        if (stage.failFast || report.alwaysFailsFast()) branches.failFast = true
        branches
    }

    private void skip(Map stage, Throwable earlier, String reason) {
        report.skipped(reason)
        if (stage.parallel != null) steps.parallel(branches(stage, earlier, reason))
        if (stage.stages != null) inSequence(stage.stages, stage, earlier, reason)
    }

    /** Stops at the first condition that decides. */
    private boolean holds(Map when) {
        !when.conditions.any { !meets(it) }
    }

    private boolean meets(Map condition) {
        if (condition.name == 'expression') return condition.expression.call() ? true : false
        if (condition.name == 'allOf') return holds(condition)
        if (condition.name == 'not') return !meets(condition.conditions[0])
        if (condition.name == 'anyOf') return condition.conditions.any { meets(it) }
        report.meets(condition.name, condition.arguments.call())
    }

    private Throwable afterBuild(Map post, Throwable error) {
        if (!report.anyApplies(post, null, error)) return error
        Throwable first = error
        steps.stage('Declarative: Post Actions') { first = after(post, null, first) }
        first
    }

    /** @return the first error, of the stage or of its `post` */
    private Throwable after(Map post, String stage, Throwable error) {
        Throwable first = error
        if (stage != null && report.anyApplies(post, stage, error)) report.write('Post stage')
        report.order(post).each { String condition ->
            try {
                if (report.applies(condition, stage, first)) post[condition].call()
            } catch (Throwable thrown) {
                report.failed(thrown)
                report.write("Error when executing ${condition} post condition:")
                report.write(thrown.toString())
                if (first == null) first = thrown
            }
        }
        first
    }
}

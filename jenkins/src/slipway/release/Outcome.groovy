package slipway.release

import com.cloudbees.groovy.cps.NonCPS

/** How `slipway deploy` or `slipway rollback` ended: its exit code and its words (tools/cli/deploy.ts: RELEASE_CODES). */
class Outcome implements Serializable {
    private final String step
    private final String environment
    private final int code
    /** What it printed as JSON; empty where it printed none. */
    final Map answer

    Outcome(String step, String environment, Map call) {
        this.step = step
        this.environment = environment
        code = call.code
        answer = call.answer ?: [:]
    }

    /** Whether it did what it was asked to, or had nothing to do. `declined` is what an interrupt before the release gives, with exit code 0. */
    boolean isGood() {
        return code == 0 && ['deployed', 'unchanged', 'dry-run'].contains(answer.result)
    }

    /** Why it did not, and what to do next. */
    @NonCPS
    String problem() {
        "${step}: ${environment}: ${told()}".toString()
    }

    @NonCPS
    private String told() {
        String why = answer.reason ? ": ${answer.reason}" : ''
        String running = "revision ${answer.revision}${answer.commit ? ', commit ' + answer.commit.take(12) : ''}"
        if (code == 0) return "interrupted before anything began; nothing was changed. Next: build again"
        if (code == 1 && answer.result == 'restored') return "failed, and ${running} runs again${why}. Next: read diagnostics/ among the artifacts of this build"
        if (code == 1 && answer.result == 'removed') return "the first release failed, and what it made is gone${why}. Next: read diagnostics/ among the artifacts of this build"
        if (code == 1 && answer.result) return "${running} runs, and is not well${why}. Next: slipway status ${environment}"
        if (code == 2) return 'refused, and nothing was changed; the log above has each fault, and what to do about it'
        if (code == 3) return "failed, and what ran before could NOT be put back${why}. Next: build again, or slipway deploy ${environment}: it puts that right first"
        return "slipway ended with exit code ${code} and did not say what came of it. Next: slipway status ${environment}; the next deploy takes back what was left half-way"
    }
}

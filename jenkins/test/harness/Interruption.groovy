package harness

import hudson.model.Result
import java.util.regex.Pattern
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/** How a step is interrupted: somebody aborts the build, or the step never ends. */
enum How {
    ABORT, HANG
}

/** What happens to one `sh`: where the recorder holds it, and why. */
class Interruption {
    static final Interruption NONE = new Interruption([], false)
    final List<String> held
    final boolean abort

    Interruption(List<String> held, boolean abort) {
        this.held = held
        this.abort = abort
    }
}

/** A step that waited for something, and how many programs it started. */
class Point {
    final int step
    final String name
    int calls = 0

    Point(int step, String name) {
        this.step = step
        this.name = name
    }
}

/** The interruption that a spec plants, at a step that waits for something; those steps are counted from 1. */
class Plan {
    private final Build build
    private Map planned = [:]
    private Pattern line
    /** A person has pressed Abort; the next step that waits is met by it. */
    boolean due = false
    final List<Point> points = []

    Plan(Build build) {
        this.build = build
    }

    /** @param given `step`, `how`, and for `sh` `call`: at which program that it starts (0: before the script) */
    void plant(Map given) {
        given.keySet().each { if (!(it in ['step', 'how', 'call'])) throw new Fault("interrupt: no ${it}; it takes step, how, call") }
        planned = [call: 0] + given
    }

    /** Somebody aborts the build when the log says so, once. */
    void abortOn(String regex) {
        line = Pattern.compile(regex)
    }

    void read(String written) {
        if (line == null || !line.matcher(written).find()) return
        line = null
        due = true
    }

    /** @return a `Hung` step, or nothing @throws FlowInterruptedException */
    Hung before(StepCall call) {
        points << new Point(points.size() + 1, call.name)
        if (due) throw abort()
        if (planned.step != points.size() || planned.call > 0) return null
        if (planned.how == How.ABORT) throw abort()
        new Hung()
    }

    Interruption during() {
        planned.step == points.size() && planned.call > 0 ? new Interruption([planned.call.toString()], planned.how == How.ABORT) : Interruption.NONE
    }

    /** Somebody aborts the build: every branch's innermost step is interrupted. @return what that step throws */
    Throwable abort() {
        due = false
        Throwable cause = new FlowInterruptedException(Result.ABORTED, 'Aborted by somebody')
        build.worsen(Result.ABORTED)
        build.machine.interrupt(cause)
        cause
    }
}

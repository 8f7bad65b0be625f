package harness

import com.cloudbees.groovy.cps.Continuable
import com.cloudbees.groovy.cps.Outcome

/** One branch of a pipeline: a program, and above it the programs of the bodies that it waits for. */
class Strand {
    final List<Frame> frames
    /** What its next step that waits throws, after an abort that met it between two steps. */
    Throwable interruption = null

    Strand(Frame first) {
        frames = [first]
    }

    Frame getTop() {
        frames.last()
    }

    void push(Frame frame) {
        frames.add(frame)
    }

    Frame pop() {
        frames.remove(frames.size() - 1)
    }

    boolean isEnded() {
        frames.empty
    }
}

/** A program: the script's, or that of a step's body. */
class Frame {
    private static final List<Class> CATEGORIES = Continuable.categories + [Iteration] as List<Class>
    Continuable program
    /** What the step on which it waits gave. */
    Outcome next = new Outcome(null, null)
    final Context context
    /** Called with the program's end; may give another `Outcome`, or `Again`. */
    final Closure ended
    /** The step whose body it is, or null. */
    StepCall call

    Frame(Continuable program, Context context, Closure ended, StepCall call = null) {
        this.program = program
        this.context = context
        this.ended = ended
        this.call = call
    }

    Outcome go() {
        program.run0(next, CATEGORIES)
    }
}

/** What a step gives that runs its body once. */
class Body {
    final Closure closure
    final Context context
    /** Called with the body's `Outcome`; may throw or give another one. */
    final Closure ended
    final Object[] args

    Body(Closure closure, Context context, Closure ended = { }, Object... args) {
        this.closure = closure
        this.context = context
        this.ended = ended
        this.args = args
    }
}

/** What a body's end becomes when the step runs it once more. */
class Again {
}

/** A branch whose step waits for another branch, or never ends. */
class Paused {
    final Strand strand
    StepCall call
    private final Object why

    Paused(Strand strand, StepCall call, Object why) {
        this.strand = strand
        this.call = call
        this.why = why
    }

    boolean isFree() {
        why instanceof Waiting && why.over.call()
    }

    boolean isHung() {
        why instanceof Hung
    }

    Object end(Throwable cause) {
        if (why instanceof Hung) return why.stop.call(cause)
        throw cause
    }
}

/** What `parallel` gives: bodies that run side by side, a step of one after a step of another. */
class Branches {
    final Map<String, Closure> bodies
    final Map<String, Context> contexts
    /** The one end of all, of the ends by name. */
    final Closure<Outcome> joined

    Branches(Map<String, Closure> bodies, Map<String, Context> contexts, Closure<Outcome> joined) {
        this.bodies = bodies
        this.contexts = contexts
        this.joined = joined
    }

    Outcome join(Map<String, Outcome> ends) {
        joined.call(ends)
    }
}

/** The pipeline does what Jenkins would not go on from; no `catch` of a pipeline sees it. */
class Fault extends Error {
    Fault(String message) {
        super(message)
    }

    Fault(String message, Throwable cause) {
        super(message, cause)
    }
}

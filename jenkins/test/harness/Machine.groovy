package harness

import com.cloudbees.groovy.cps.Continuable
import com.cloudbees.groovy.cps.Env
import com.cloudbees.groovy.cps.Envs
import com.cloudbees.groovy.cps.Outcome
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation
import com.cloudbees.groovy.cps.sandbox.SandboxInvoker
import harness.sandbox.Guard
import hudson.model.Result
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/**
 * Runs pipeline code on the interpreter that Jenkins uses (groovy-cps): a step suspends the program, the whole program is
 * serialized, and what goes on is its copy. What cannot be serialized, or cannot be continued, fails here.
 */
class Machine {
    /** Where programs start: every call of theirs passes the sandbox. */
    private static final Env UNTRUSTED = Envs.empty(new SandboxInvoker())
    private static final ThreadLocal<Machine> CURRENT = new ThreadLocal<Machine>()

    final Build build
    final Library library
    final Binding binding = new Binding()
    private Snapshot snapshot
    private final List<String> mismatches = []
    /** What the sandbox refuses. */
    private final List<String> rejections = []
    /** Everything that has not ended: what waits for a body or for its branches, too. */
    private final List<Strand> alive = []
    private final Deque<Strand> ready = new ArrayDeque<Strand>()
    private final List<Paused> paused = []
    private Strand running

    Machine(Build build, Library library) {
        this.build = build
        this.library = library
    }

    static Machine current() {
        if (CURRENT.get() == null) throw new IllegalStateException('no pipeline runs on this thread')
        CURRENT.get()
    }

    /** Runs a script to its end. @return its value @throws what it did not catch */
    Object run(PipelineScript script) {
        script.binding = binding
        snapshot = new Snapshot(script.getClass().classLoader, this)
        Machine before = CURRENT.get()
        CURRENT.set(this)
        Guard guard = new Guard({ String signature -> rejections << "Scripts not permitted to use ${signature}".toString() })
        guard.register()
        CpsCallableInvocation.registerMismatchHandler { Object expected, String name, Object actual, String caught ->
            mismatches << "expected to call ${expected}.${name} but wound up catching ${actual?.getClass()?.simpleName}.${caught}".toString()
        }
        try {
            Outcome end = null
            start(new Strand(new Frame(new Continuable(script, UNTRUSTED), new Context(), { Outcome outcome -> end = outcome })))
            while (!ready.empty || wake()) turn(ready.poll())
            if (end.abnormal != null) throw end.abnormal
            return end.normal
        } catch (CpsCallableInvocation invocation) {
            // Where the interpreter cannot go on with it: a GString's closure in `toString`, say.
            throw new Fault("pipeline code was called by code that is none: ${invocation}")
        } finally {
            build.processes.kill()
            guard.unregister()
            CURRENT.set(before)
        }
    }

    /** Where the step that runs stands: its node, folder, variables. */
    Context getContext() {
        running.top.context
    }

    /** A var of the library: one instance for each binding, as in Jenkins. */
    Object var(String name) {
        if (!binding.hasVariable(name)) binding.setVariable(name, library.newVar(name, binding))
        binding.getVariable(name)
    }

    Global global(String name) {
        build.globals[name]
    }

    /** Suspends the program until the step has been performed. A symbol is no step. */
    Object step(String name, Object[] args) {
        Symbols.has(name) ? Symbols.make(name, args) : Continuable.suspend(name, new StepCall(name, args))
    }

    /** The innermost step of every other branch throws: at once if it waits, else as soon as it waits for something. */
    void interrupt(Throwable cause) {
        ready.each { it.interruption = cause }
        paused.toList().each { end(it, cause) }
    }

    private void start(Strand strand) {
        alive << strand
        ready << strand
    }

    /** One strand until its next step, which is performed, or until a program of it ends. */
    private void turn(Strand strand) {
        running = strand
        Frame frame = strand.top
        Outcome outcome = frame.go()
        if (mismatches || rejections) throw new Fault((mismatches + rejections).join('; '))
        if (outcome.abnormal instanceof CpsCallableInvocation) throw outcome.abnormal
        if (frame.program.resumable) perform(strand, snapshot.goOn(outcome.normal as StepCall, alive*.frames.flatten() as List<Frame>, paused))
        else finish(strand, outcome)
    }

    private void perform(Strand strand, StepCall call) {
        Throwable interruption = strand.interruption
        if (interruption != null && !build.jenkins.synchronous(call.name)) {
            strand.interruption = null
            strand.top.next = new Outcome(null, interruption)
            ready << strand
            return
        }
        give(strand, call, attempt { build.jenkins.perform(call, strand.top.context) })
    }

    /** Goes on with what a step gave. */
    private void give(Strand strand, StepCall call, Object result) {
        if (result instanceof Branches) {
            fork(strand, result)
        } else if (result instanceof Waiting || result instanceof Hung) {
            paused << new Paused(strand, call, result)
        } else {
            if (result instanceof Body) strand.push(new Frame(programOf(result.closure, result.args), result.context, result.ended, call))
            else strand.top.next = result instanceof Outcome ? result : new Outcome(result, null)
            ready << strand
        }
    }

    /** What a body's end becomes for its step, which may fail on it, give another value, or run the body again. */
    private void finish(Strand strand, Outcome outcome) {
        Frame frame = strand.pop()
        Object after = attempt { frame.ended.call(outcome) }
        if (strand.ended) alive.remove(strand)
        else if (after instanceof Again) give(strand, frame.call, new Body(frame.call.body, frame.context, frame.ended))
        else give(strand, frame.call, after instanceof Outcome ? after : outcome)
    }

    /** @return an `Outcome` for what was thrown */
    private static Object attempt(Closure action) {
        try {
            return action.call()
        } catch (Fault fault) {
            throw fault
        } catch (CpsCallableInvocation invocation) {
            throw invocation
        } catch (Throwable thrown) {
            return new Outcome(null, thrown)
        }
    }

    /** Nothing is ready: a lock may have become free; else time passes, until a `timeout` ends what hangs. @return false at the end */
    private boolean wake() {
        Paused free = paused.find { it.free }
        if (free != null) {
            paused.remove(free)
            give(free.strand, free.call, attempt { build.jenkins.resume(free.call, free.strand.top.context) })
            return true
        }
        Paused hung = paused.find { it.hung }
        if (hung != null) {
            if (!hung.strand.top.context.limited) throw new Fault("${hung.call.name} hangs, and no timeout is around it")
            end(hung, new FlowInterruptedException(Result.ABORTED, false, 'Timeout has been exceeded'))
            return true
        }
        if (paused) throw new Fault("nothing goes on; waiting: ${paused*.call*.name.join(', ')}")
        false
    }

    private void end(Paused wait, Throwable cause) {
        paused.remove(wait)
        give(wait.strand, wait.call, attempt { wait.end(cause) })
    }

    private void fork(Strand parent, Branches branches) {
        Map<String, Outcome> ends = [:]
        branches.bodies.each { String name, Closure body ->
            start(new Strand(new Frame(programOf(body), branches.contexts[name], { Outcome outcome ->
                ends[name] = outcome
                if (ends.size() == branches.bodies.size()) {
                    parent.top.next = branches.join(ends)
                    ready << parent
                }
            })))
        }
    }

    private static Continuable programOf(Closure body, Object... args) {
        try {
            throw new Fault("a body that is no pipeline code gave ${body.call(*args)}")
        } catch (CpsCallableInvocation invocation) {
            return new Continuable(invocation.asBlock(), UNTRUSTED)
        }
    }
}

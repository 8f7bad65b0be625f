package harness

/**
 * A scenario, interrupted everywhere: it runs once to learn which steps wait for something, then once for each of them and each manner.
 * Aborted: before the step acts; a script also when it starts its first and its last program. Hung: a script at the same places, a checkout, a question.
 */
class Interruptions {
    private static final List<String> HANGING = ['checkout', 'git', 'input']
    private static final List<String> BLOCKS = ['dir', 'timeout', 'withCredentials', 'withEnv']
    private final Closure scenario
    private String first
    private boolean isSparse = false

    private Interruptions(Closure scenario) {
        this.scenario = scenario
    }

    /** @param scenario (Build) → prepares the build and runs a pipeline */
    static Interruptions of(Closure scenario) {
        new Interruptions(scenario)
    }

    /** Leaves out what comes before the first step of that name. */
    Interruptions from(String step) {
        first = step
        this
    }

    /** For scenarios that take long: leaves out a script's first program, and blocks, because what is in them is interrupted as well. */
    Interruptions sparsely() {
        isSparse = true
        this
    }

    /** @param judge (Interrupted) → asserts; the build is closed afterwards @return how many there were */
    int each(Closure judge) {
        List<Point> points = run([:]) { Interrupted calm -> calm.build.plan.points.toList() } as List<Point>
        List<Point> later = first ? points.drop(points.findIndexOf { it.name == first }) : points
        List<Map> plans = plans(isSparse ? later.findAll { !(it.name in BLOCKS) } : later)
        plans.each { Map plan -> run(plan, judge) }
        plans.size()
    }

    private Object run(Map plan, Closure judge) {
        new Build().withCloseable { Build build ->
            if (plan) build.interrupt(plan)
            Throwable thrown = null
            try {
                scenario.call(build)
            } catch (Fault fault) {
                throw new Fault("${Interrupted.told(plan)}: ${fault.message}", fault)
            } catch (Throwable other) {
                thrown = other
            }
            judge.call(new Interrupted(build, plan, thrown))
        }
    }

    private List<Map> plans(List<Point> points) {
        points.collectMany { Point point ->
            List<Integer> programs = point.calls == 0 ? [] : isSparse ? [point.calls] : [1, point.calls].unique()
            List<Integer> hangs = point.name in HANGING ? [0] : programs
            ([0] + programs).collect { [step: point.step, how: How.ABORT, call: it] } + hangs.collect { [step: point.step, how: How.HANG, call: it] }
        }
    }
}

/** A build that was interrupted, for a spec to judge. */
class Interrupted {
    final Build build
    /** What the scenario threw, or null. */
    final Throwable thrown
    private final Map plan

    Interrupted(Build build, Map plan, Throwable thrown) {
        this.build = build
        this.plan = plan
        this.thrown = thrown
    }

    How getHow() {
        plan.how
    }

    /** The step that was interrupted. */
    Point getPoint() {
        build.plan.points[plan.step - 1]
    }

    static String told(Map plan) {
        plan ? "${plan.how.toString().toLowerCase()} at step ${plan.step}, program ${plan.call}" : 'without interruption'
    }

    @Override
    String toString() {
        "${told(plan)} (${point?.name}): ${thrown}\n${build}"
    }
}

package harness.declarative

import harness.Build
import harness.Fault
import harness.Library
import hudson.model.Result

/** Runs declarative Jenkinsfiles. */
class Declarative {
    /** Pipeline code, in the order in which it is compiled. */
    private static final List<Class> CODE = [Surroundings, Interpreter]

    /** @return how it ended @throws Refused when Jenkins would not start it @throws Fault */
    static Run run(Build build, File jenkinsfile) {
        String program = new PipelineReader(new Source(jenkinsfile)).read()
        Report report = new Report(build)
        build.globals[report.called()] = report
        compile(build.library)
        Throwable failure = null
        try {
            build.run(program)
        } catch (Fault fault) {
            throw fault
        } catch (Throwable thrown) {
            failure = thrown
        }
        new Run(build, report, failure)
    }

    /** Once for each library's class loader. */
    private static void compile(Library library) {
        synchronized (library) {
            if (library.loader.loadedClasses.any { it.name == Interpreter.name }) return
            CODE.each { library.loader.parseClass(new File(Library.FOLDER, "test/harness/declarative/${it.simpleName}.groovy")) }
        }
    }
}

/** How a declarative pipeline ended. */
class Run {
    /** SUCCESS, UNSTABLE, FAILURE, NOT_BUILT or ABORTED. */
    final String result
    /** `[name: …, status: …]` in the order in which they began; a status is a result, or SKIPPED. */
    final List<Map<String, String>> stages
    final String description
    /** Lines. */
    final List<String> log
    /** `settings` and `triggers`: arguments by name; `parameters`: `[type: …, name: …, byDefault: …]`. */
    final Map job
    /** What ended it, or null. */
    final Throwable failure

    Run(Build build, Report report, Throwable failure) {
        this.failure = failure
        result = (build.outcome ?: Result.SUCCESS).toString()
        stages = build.stages.collect { [name: it.name, status: report.isSkipped(it) ? 'SKIPPED' : it.status] }
        description = build.description
        log = build.log.toList().asImmutable()
        job = report.job
    }

    /** Status by name of stage. */
    Map<String, String> getStatuses() {
        stages.collectEntries { [(it.name): it.status] }
    }
}

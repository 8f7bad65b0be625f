package mutants

import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import org.junit.runner.Description
import org.junit.runner.Request
import org.junit.runner.manipulation.Filter
import org.junit.runner.notification.Failure
import org.junit.runner.notification.RunListener
import org.junit.runner.notification.RunNotifier
import org.junit.runner.notification.StoppedByUserException

/**
 * Runs specs on copies of the library, one after another in one JVM that stays warm.
 * A line of stdin: {"library": folder of the copy, "spec": class, "feature": part of the names to run}.
 * A line of stdout: {"ran": number of specs, "failed": the first failure, or ""}.
 */
class Worker {
    /** @param args folder of the compiled specs */
    static void main(String[] args) {
        PrintStream answers = System.out
        // What specs print is not an answer.
        System.setOut(System.err)
        System.in.eachLine('UTF-8') { String line ->
            answers.println(JsonOutput.toJson(run(new File(args[0]), new JsonSlurper().parseText(line) as Map)))
        }
        // Threads that a mutant has left behind.
        System.exit(0)
    }

    private static Map run(File classes, Map told) {
        System.setProperty('slipway.jenkins', told.library as String)
        FreshLoader loader = new FreshLoader(classes, Worker.classLoader)
        Thread.currentThread().contextClassLoader = loader
        Listener listener = new Listener()
        RunNotifier notifier = new RunNotifier()
        notifier.addListener(listener)
        listener.stop = { notifier.pleaseStop() }
        try {
            Request.aClass(loader.loadClass(told.spec as String)).filterWith(named(told.feature as String)).runner.run(notifier)
        } catch (StoppedByUserException ignored) {
            // The first failure is enough.
        }
        [ran: listener.ran, failed: listener.failed ?: '']
    }

    private static Filter named(String feature) {
        new Filter() {
            @Override
            boolean shouldRun(Description description) {
                description.suite || description.methodName.contains(feature)
            }

            @Override
            String describe() {
                "features with '${feature}'"
            }
        }
    }

    private static class Listener extends RunListener {
        int ran = 0
        String failed
        Closure stop

        @Override
        void testStarted(Description description) {
            ran++
        }

        @Override
        void testFailure(Failure failure) {
            if (failed == null) failed = "${failure.description.methodName}: ${failure.message?.readLines()?.find { it.trim() } ?: failure.exception}".toString()
            stop.call()
        }
    }
}

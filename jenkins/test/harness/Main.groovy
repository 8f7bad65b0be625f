package harness

import groovy.json.JsonOutput
import groovy.json.JsonSlurper

/**
 * Runs a Jenkinsfile with real programs, for the end to end: `java -Dslipway.jenkins=DIR harness.Main --jenkinsfile FILE --scenario FILE`.
 * The scenario is JSON: `library` and `workspace` (folders), `artifacts`, `log` (file, written line by line), `variables` of the build, `environment` of the agent's
 * processes, `scm`, `credentials` ([id, kind, values | file]), `inputs` (answers in order), `previousResult`, `causes`, `abort` (regex: the first line of the log
 * that matches aborts the build). Prints what came of it as JSON and exits with 0 whatever the build's result is; with 1 after a fault, which is told on stderr.
 */
class Main {
    static void main(String[] words) {
        Map<String, String> options = words.toList().collate(2).collectEntries { it }
        if (options.keySet() != ['--jenkinsfile', '--scenario'] as Set) fail('usage: --jenkinsfile FILE --scenario FILE')
        Map scenario = new JsonSlurper().parse(new File(options['--scenario'])) as Map
        try {
            println JsonOutput.toJson(new Main(scenario).run(new File(options['--jenkinsfile'])))
        } catch (Throwable fault) {
            fault.printStackTrace()
            fail(fault.toString())
        }
        System.exit(0)
    }

    private static void fail(String message) {
        System.err.println(message)
        System.exit(1)
    }

    private final Map scenario

    Main(Map scenario) {
        this.scenario = scenario
    }

    Map run(File jenkinsfile) {
        Map<String, String> environment = scenario.environment ?: [:]
        Map agent = [
            programs: environment.PATH.tokenize(':').collect { new File(it) },
            variables: environment.findAll { it.key != 'PATH' },
            workspace: new File(scenario.workspace.toString()),
            artifacts: new File(scenario.artifacts.toString()),
        ]
        new Build(agent, new Library(new File(scenario.library.toString()))).withCloseable { Build build ->
            new File(scenario.log.toString()).withWriter('UTF-8') { Writer log ->
                prepare(build)
                build.onLine = { String line -> log.write("${line}\n"); log.flush() }
                play(build, jenkinsfile)
            }
        } as Map
    }

    private void prepare(Build build) {
        build.processes.patience = 600
        build.variables.putAll(scenario.variables ?: [:])
        build.previousResult = scenario.previousResult
        build.causes.addAll(scenario.causes ?: [])
        if (scenario.scm) build.scm(scenario.scm.findAll { it.value })
        build.credentials.clear()
        scenario.credentials?.each { Map credential ->
            Map parts = credential.file ? [content: new File(credential.file.toString()).text] : (credential.values ?: [:])
            build.credential([kind: credential.kind] + parts, credential.id)
        }
        scenario.inputs?.each { build.answerInput(it) }
        if (scenario.abort) build.plan.abortOn(scenario.abort.toString())
    }

    private static Map play(Build build, File jenkinsfile) {
        if (jenkinsfile.text =~ /(?m)^pipeline\s*\{/) {
            Object ended = build.declarative(jenkinsfile)
            return told(build, ended.stages, ended.failure)
        }
        Throwable failure = null
        try {
            build.run(jenkinsfile.text)
        } catch (Fault fault) {
            throw fault
        } catch (Throwable thrown) {
            failure = thrown
        }
        told(build, build.stages.collect { [name: it.name, status: it.status] }, failure)
    }

    private static Map told(Build build, List<Map> stages, Throwable failure) {
        [
            result: build.result, description: build.description, error: failure?.message, stages: stages, credentials: build.bound,
            questions: build.steps.findAll { it.name == 'input' }*.arguments*.message*.toString(), mails: build.mails,
            checks: build.steps.findAll { it.name == 'publishChecks' }*.arguments, artifacts: Glob.files(build.artifacts, '**'),
        ]
    }
}

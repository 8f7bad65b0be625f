package harness.declarative

import harness.Build
import harness.Global
import harness.Machine
import harness.Stage
import harness.Symbol
import hudson.AbortException

/** What a declarative pipeline asks of the build and tells it. */
class Report extends Global {
    private final Build build
    private final Conditions conditions
    private final Set<Stage> skipped = [].toSet()
    private Map<String, List> settings = [:]
    /** What the pipeline makes of its job: `settings` by name, `triggers` and `parameters`, each with its arguments. */
    Map job = [:]

    Report(Build build) {
        this.build = build
        conditions = new Conditions(build)
    }

    @Override
    String called() {
        'declarative'
    }

    void begin(Map root) {
        settings = byName(root.options?.settings)
        job = [settings: settings, triggers: byName(root.triggers), parameters: (root.parameters ?: []).collect { parameter(it) }]
        job.parameters.each { Map parameter ->
            if (!build.parameters.containsKey(parameter.name)) build.parameters[parameter.name] = parameter.byDefault
        }
    }

    private static Map<String, List> byName(List<Map> described) {
        (described ?: []).collectEntries { [(it.name): it.arguments] }
    }

    private static Map parameter(Map described) {
        Map given = described.arguments[0]
        Object byDefault = described.name == 'choice' ? (given.choices instanceof List ? given.choices : given.choices.toString().readLines())[0] : given.defaultValue
        [type: described.name, name: given.name, byDefault: byDefault == null ? (described.name == 'booleanParam' ? false : '') : byDefault]
    }

    void write(String line) {
        build.writeLog(line)
    }

    void failed(Throwable thrown) {
        build.worsen(Build.resultOf(thrown))
    }

    /** The stage that runs does nothing. */
    void skipped(String reason) {
        Stage stage = Machine.current().context.stage
        skipped << stage
        write("Stage \"${stage.name}\" skipped due to ${reason}")
    }

    boolean isSkipped(Stage stage) {
        stage in skipped
    }

    boolean skipsUnstable() {
        settings.containsKey('skipStagesAfterUnstable') && build.outcome?.toString() == 'UNSTABLE'
    }

    boolean alwaysFailsFast() {
        settings.containsKey('parallelsAlwaysFailFast')
    }

    /** @param options of the stage, or of the pipeline */
    boolean checksOut(Map options) {
        boolean skips = [settings, byName(options?.settings)].any { it.containsKey('skipDefaultCheckout') && it.skipDefaultCheckout != [false] }
        !skips && build.globals.containsKey('scm')
    }

    List<String> assignments(Map variables) {
        variables.collect { name, value -> "${name}=${value}".toString() }
    }

    /** Variables of what was submitted: nothing, one value or a map. */
    List<String> submitted(Object answer, List<String> parameters, Object submitter) {
        if (!parameters && !submitter) return []
        if (answer instanceof Map) return assignments(answer)
        assignments([(submitter ?: parameters[0]): answer])
    }

    /** `credentials('id')` binds by the kind of the credential (CredentialsBindingHandler.java at 47f5b4c; ssh: jenkins.io, Pipeline Syntax). */
    List<Symbol> bindings(String variable, Object id) {
        String kind = build.credentials[id.toString()]?.kind
        Map with = [credentialsId: id.toString()]
        switch (kind) {
            case ['string', 'file']: return [new Symbol(kind, with + [variable: variable])]
            case 'usernamePassword': return [new Symbol('usernameColonPassword', with + [variable: variable]),
                new Symbol(kind, with + [usernameVariable: "${variable}_USR".toString(), passwordVariable: "${variable}_PSW".toString()])]
            case 'sshUserPrivateKey': return [new Symbol(kind, with + [keyFileVariable: variable,
                usernameVariable: "${variable}_USR".toString(), passphraseVariable: "${variable}_PSW".toString()])]
            case null: throw new AbortException("Could not find credentials entry with ID '${id}'")
            default: throw new AbortException("No suitable binding handler could be found for type ${kind}.")
        }
    }

    boolean meets(String condition, List arguments) {
        conditions.meets(condition, arguments, Machine.current().context.variables(build))
    }

    /** Conditions of a `post`, in the order in which they are tried. */
    List<String> order(Map post) {
        Vocabulary.POST.findAll { post?.containsKey(it) }
    }

    boolean applies(String condition, String stage, Throwable error) {
        conditions.applies(condition, stage, error)
    }

    boolean anyApplies(Map post, String stage, Throwable error) {
        order(post).any { applies(it, stage, error) }
    }
}

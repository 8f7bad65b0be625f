package harness.declarative

/**
 * The words of declarative pipelines on a controller with the plugins of this repository, and which of them are modelled.
 * Sources: jenkins-infra/jenkins.io: content/doc/book/pipeline/syntax.adoc at c2bc4ac; jenkinsci/pipeline-model-definition-plugin:
 * Options.groovy at b332e0c, model/conditions/*.groovy, when/impl/*.java. Which options are valid where, as Jenkins itself lists them: ceph/ceph#37425
 * (pipeline), PingCAP-QE/ci: pipelines/pingcap-qe/tidb-test/latest/ghpr_integration_jdbc_test/pipeline.groovy at 20735ba (stage).
 */
class Vocabulary {
    static final Signature NOTHING = new Signature()

    /** Steps that take a block and need no agent: they wrap a pipeline or a stage. */
    static final Map<String, Signature> WRAPPERS = [
        lock: new Signature([:], [resource: String, label: String, quantity: Integer, variable: String, inversePrecedence: Boolean,
            skipIfLocked: Boolean, priority: Integer, extra: null], 'resource'),
        timeout: new Signature([time: Integer], [unit: String, activity: Boolean]),
        timestamps: NOTHING,
    ]
    /** `retry` among them: what a failed attempt leaves behind differs between versions of the plugin. */
    private static final List<String> OTHER_WRAPPERS = ['catchError', 'retry', 'script', 'waitUntil', 'warnError', 'withChecks', 'withContext',
        'withCredentials', 'withEnv', 'wrap', 'ws']

    /** Options that Jenkins reads itself, and that a stage may have, too. */
    static final Map<String, Signature> STAGE_SETTINGS = [
        skipDefaultCheckout: new Signature([:], [skipDefaultCheckout: Boolean]),
    ]
    private static final List<String> OTHER_STAGE_SETTINGS = ['checkoutToSubdirectory']

    /** Options of the whole pipeline or of its job. */
    static final Map<String, Signature> PIPELINE_SETTINGS = STAGE_SETTINGS + [
        buildDiscarder: new Signature([strategy: null]),
        disableConcurrentBuilds: new Signature([:], [abortPrevious: Boolean]),
        disableRestartFromStage: NOTHING,
        disableResume: NOTHING,
        durabilityHint: new Signature([hint: String]),
        parallelsAlwaysFailFast: NOTHING,
        preserveStashes: new Signature([:], [buildCount: Integer]),
        quietPeriod: new Signature([quietPeriod: Integer]),
        skipStagesAfterUnstable: NOTHING,
    ]
    private static final List<String> OTHER_PIPELINE_SETTINGS = ['authorizationMatrix', 'newContainerPerStage', 'overrideIndexTriggers',
        'rateLimitBuilds']

    static final List<String> STAGE_OPTIONS =
        ((WRAPPERS + STAGE_SETTINGS).keySet() + OTHER_WRAPPERS + OTHER_STAGE_SETTINGS).sort() as List<String>
    static final List<String> PIPELINE_OPTIONS =
        (STAGE_OPTIONS + PIPELINE_SETTINGS.keySet() + OTHER_PIPELINE_SETTINGS).unique().sort() as List<String>

    /** Of Jenkins itself, and `githubPush` of the github plugin. */
    static final Map<String, Signature> TRIGGERS = [
        cron: new Signature([spec: String]),
        githubPush: NOTHING,
        pollSCM: new Signature([scmpoll_spec: String]),
        upstream: new Signature([upstreamProjects: String], [threshold: null]),
    ]

    static final Map<String, Signature> PARAMETERS = [
        booleanParam: new Signature([name: String], [defaultValue: Boolean, description: String]),
        choice: new Signature([name: String, choices: null], [description: String]),
        password: new Signature([name: String], [defaultValue: String, description: String]),
        string: new Signature([name: String], [defaultValue: String, description: String, trim: Boolean]),
        text: new Signature([name: String], [defaultValue: String, description: String, trim: Boolean]),
    ]

    /** Conditions of `when`; those of `NESTED` take conditions. */
    static final Map<String, Signature> CONDITIONS = [
        branch: new Signature([pattern: String], [comparator: String]),
        buildingTag: NOTHING,
        changeRequest: new Signature([:], [id: String, target: String, branch: String, fork: String, url: String, title: String,
            author: String, authorDisplayName: String, authorEmail: String, comparator: String]),
        environment: new Signature([name: String, value: String], [ignoreCase: Boolean]),
        equals: new Signature([expected: null, actual: null]),
        tag: new Signature([pattern: String], [comparator: String]),
        triggeredBy: new Signature([cause: String], [detail: String]),
    ]
    /** How many conditions it takes; 0: at least one. */
    static final Map<String, Integer> NESTED = [allOf: 0, anyOf: 0, not: 1]
    static final List<String> ALL_CONDITIONS =
        (CONDITIONS.keySet() + NESTED.keySet() + ['changelog', 'changeset', 'expression', 'isRestartedRun']).sort() as List<String>

    static final List<String> AGENTS = ['any', 'docker', 'dockerfile', 'label', 'none']

    /** Of `tool` installations; this controller configures none. */
    static final List<String> TOOLS = ['git', 'jdk', 'maven']

    /** In the order in which they run: by the ordinals of the conditions' classes. */
    static final List<String> POST = ['always', 'changed', 'fixed', 'regression', 'aborted', 'success', 'unsuccessful', 'unstable', 'failure',
        'notBuilt', 'cleanup']

    static String notModelled(String what) {
        "${what} is valid in Jenkins, but this harness does not model it"
    }
}

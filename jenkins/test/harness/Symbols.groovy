package harness

/**
 * What is written like a step but only makes a value; no pipeline waits for it.
 * Source: jenkins.io/doc/pipeline/steps: credentials-binding, pipeline-input-step, params/scmgit; retry's conditions: workflow-basic-steps.
 */
class Symbols {
    private static final Map<String, List<String>> PARAMETERS = [
        string: ['credentialsId', 'variable', 'name', 'defaultValue', 'description', 'trim'],
        text: ['name', 'defaultValue', 'description'],
        password: ['name', 'defaultValue', 'description'],
        booleanParam: ['name', 'defaultValue', 'description'],
        choice: ['name', 'choices', 'description'],
        usernamePassword: ['credentialsId', 'usernameVariable', 'passwordVariable'],
        usernameColonPassword: ['credentialsId', 'variable'],
        file: ['credentialsId', 'variable'],
        sshUserPrivateKey: ['credentialsId', 'keyFileVariable', 'usernameVariable', 'passphraseVariable'],
        scmGit: ['branches', 'userRemoteConfigs', 'extensions', 'browser', 'gitTool'],
        cloneOption: ['shallow', 'noTags', 'depth', 'reference', 'timeout', 'honorRefspec'],
        localBranch: ['localBranch'],
        cleanBeforeCheckout: ['deleteUntrackedNestedRepositories'],
        cleanAfterCheckout: ['deleteUntrackedNestedRepositories'],
        agent: [], nonresumable: [], kubernetesAgent: ['handleNonKubernetes'],
    ]
    /** The parameter of a symbol that may stand alone. */
    private static final Map<String, String> FIRST = [localBranch: 'localBranch']

    static boolean has(String name) {
        PARAMETERS.containsKey(name)
    }

    static Symbol make(String name, Object[] args) {
        Map<String, Object> given = [:]
        if (args.length == 1 && args[0] instanceof Map) given = args[0] as Map<String, Object>
        else if (args.length == 1 && FIRST[name]) given = [(FIRST[name]): args[0]] as Map<String, Object>
        else if (args.length > 0) throw new Fault("${name}: Expected named arguments but got ${args}")
        given.keySet().each { if (!(it in PARAMETERS[name])) throw new Fault("Unknown parameter(s) found for ${name}: ${it}; it knows ${PARAMETERS[name].join(', ')}") }
        new Symbol(name, given)
    }
}

package harness

import com.cloudbees.groovy.cps.Outcome
import hudson.AbortException

/**
 * `withCredentials`. Files lie beside the workspace while the body runs.
 * Source: jenkins.io/doc/pipeline/steps/credentials-binding, plugins.jenkins.io/aws-credentials.
 */
class CredentialSteps {
    /** Kind of credential and parameters by binding; a parameter names the part that its variable gets. */
    private static final Map<String, Map> BINDINGS = [
        string: [kind: 'string', required: [variable: 'secret']],
        usernameColonPassword: [kind: 'usernamePassword', required: [variable: 'both']],
        usernamePassword: [kind: 'usernamePassword', required: [usernameVariable: 'username', passwordVariable: 'password']],
        file: [kind: 'file', required: [variable: 'content']],
        sshUserPrivateKey: [kind: 'sshUserPrivateKey', required: [keyFileVariable: 'key'], optional: [usernameVariable: 'username', passphraseVariable: 'passphrase']],
        AmazonWebServicesCredentialsBinding: [
            kind: 'aws', required: [:], optional: [accessKeyVariable: 'accessKey', secretKeyVariable: 'secretKey'],
            byDefault: [accessKeyVariable: 'AWS_ACCESS_KEY_ID', secretKeyVariable: 'AWS_SECRET_ACCESS_KEY'],
            other: ['roleArn', 'roleSessionName', 'roleSessionDurationSeconds'],
        ],
    ]
    private final Build build
    private int bound = 0

    CredentialSteps(Build build) {
        this.build = build
    }

    List<Step> getSteps() {
        [
            Step.of('withCredentials', block: true, first: 'bindings', required: [bindings: List]) { Map given, StepCall call, Context context ->
                List<Symbol> bindings = given.bindings.collect { Symbol.of(it) }
                File folder = context.workspace ? new File("${context.workspace.path}@tmp/secretFiles/${++bound}") : null
                Map<String, String> variables = [:]
                bindings.each { variables.putAll(bind(it, folder)) }
                Context inner = context.with(variables: variables, credentials: bindings*.arguments*.credentialsId*.toString())
                new Body(call.body, inner, { Outcome end -> if (folder) Folder.delete(folder); end })
            },
        ]
    }

    private Map<String, String> bind(Symbol binding, File folder) {
        Map table = BINDINGS[binding.name]
        if (table == null) throw new Fault("withCredentials: ${binding.name} is none of ${BINDINGS.keySet().join(', ')}")
        Map<String, String> parts = table.required + (table.optional ?: [:])
        List<String> known = ['credentialsId'] + parts.keySet() + (table.other ?: [])
        binding.arguments.keySet().each { if (!(it in known)) throw new Fault("withCredentials: ${binding.name} has no ${it}; it has ${known.join(', ')}") }
        (['credentialsId'] + table.required.keySet()).each { if (!binding.arguments[it]) throw new Fault("withCredentials: ${binding.name} needs ${it}") }
        Credential credential = find(binding.arguments.credentialsId.toString(), table.kind)
        Map<String, Object> names = (table.byDefault ?: [:]) + binding.arguments
        parts.findAll { names[it.key] }.collectEntries { String parameter, String part ->
            [(names[parameter].toString()): part in ['content', 'key'] ? write(credential, part, folder) : credential.parts[part]]
        } as Map<String, String>
    }

    /** @throws AbortException as Jenkins does, where there is none of that kind */
    Credential find(String id, String kind) {
        Credential credential = build.credentials[id]
        if (credential?.kind != kind) {
            throw new AbortException(credential ? "Credentials '${id}' is of type ${credential.kind} where ${kind} was expected" : "Could not find credentials entry with ID '${id}'")
        }
        build.bound << id
        credential
    }

    private static String write(Credential credential, String part, File folder) {
        if (folder == null) throw new Fault('Required context class hudson.FilePath is missing: a secret file needs a node')
        folder.mkdirs()
        File file = new File(folder, part == 'content' ? credential.parts.name : "ssh-key-${credential.id}")
        java.nio.file.Files.createFile(file.toPath(), java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
            java.nio.file.attribute.PosixFilePermissions.fromString('rw-------')))
        file.text = credential.parts[part]
        file.path
    }
}

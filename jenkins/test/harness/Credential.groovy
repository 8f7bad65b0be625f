package harness

/** A credential of the store, by kind; its secret parts are canaries. */
class Credential {
    /** Parts that a binding asks for, by kind. */
    static final Map<String, List<String>> KINDS = [
        string: ['secret'],
        usernamePassword: ['username', 'password'],
        file: ['name', 'content'],
        sshUserPrivateKey: ['username', 'key', 'passphrase'],
        aws: ['accessKey', 'secretKey'],
    ]

    final String id
    final String kind
    final Map<String, String> parts

    /** @param given parts that are not made up: `username`, `name`, or a secret of a scenario */
    Credential(String id, String kind, Map<String, String> given, Canaries canaries) {
        if (!KINDS.containsKey(kind)) throw new Fault("credential ${id}: ${kind} is none of ${KINDS.keySet().join(', ')}")
        Map<String, String> unknown = given.findAll { !(it.key in KINDS[kind]) }
        if (unknown) throw new Fault("credential ${id}: ${kind} has no ${unknown.keySet().join(', ')}; it has ${KINDS[kind].join(', ')}")
        this.id = id
        this.kind = kind
        Map<String, String> made = [:]
        KINDS[kind].each { String part -> made[part] = given[part] ?: make(part, canaries) }
        given.each { String part, String value -> if (!(part in ['username', 'name', 'content'])) canaries.add(value, "credential ${id}, ${part}") }
        // Which part of a given file is the secret, its lines tell.
        (given.content ?: '').eachMatch(/(?m)^\s*(?:token|client-key-data|password):\s*(\S{16,})\s*$/) { List<String> found ->
            canaries.add(found[1], "credential ${id}, content")
        }
        if (kind == 'usernamePassword') made.both = "${made.username}:${made.password}".toString()
        parts = made
    }

    private String make(String part, Canaries canaries) {
        String source = "credential ${id}, ${part}"
        switch (part) {
            case 'username': return 'jenkins'
            case 'name': return id
            case 'content': return "# ${id}\ntoken: ${canaries.core(source)}\n"
            case 'key': return "-----BEGIN CANARY KEY-----\n${canaries.core(source)}\n-----END CANARY KEY-----\n"
            case 'accessKey': return "AKIA${canaries.core(source)}"
            default: return canaries.hostile(source)
        }
    }
}

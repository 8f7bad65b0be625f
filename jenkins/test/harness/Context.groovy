package harness

/** Where a step stands: what the blocks around it give. */
class Context {
    final Context outer
    private final Map given

    /** @param given of `node`, `workspace`, `folder`, `variables`, `limited`, `lock`, `stage`, `credentials`, `branch`: what the block adds */
    Context(Map given = [:], Context outer = null) {
        this.outer = outer
        this.given = given
    }

    Context with(Map given) {
        new Context(given, this)
    }

    /** Label of the node, or null outside of every node. */
    String getNode() {
        nearest('node')
    }

    /** The node's workspace; `dir` does not change it. */
    File getWorkspace() {
        nearest('workspace') as File
    }

    /** Where `sh` runs. */
    File getFolder() {
        nearest('folder') as File
    }

    /** A `timeout` around it ends what hangs. */
    boolean isLimited() {
        nearest('limited') ?: false
    }

    /** Names of the locks around it, the outermost first. */
    List<String> getLocks() {
        all('lock')
    }

    /** Names of the stages around it, the outermost first. */
    List<String> getStages() {
        all('stage')*.name
    }

    /** The innermost stage, or null. */
    Stage getStage() {
        nearest('stage') as Stage
    }

    /** Ids that `withCredentials` binds around it. */
    List<String> getCredentials() {
        all('credentials').flatten() as List<String>
    }

    boolean isInBranch() {
        nearest('branch') != null
    }

    /** Variables of a process that starts here: an empty value removes one, `PATH+NAME` goes before PATH (hudson.EnvVars.override). */
    Map<String, String> variables(Build build) {
        Map<String, String> all = outer ? outer.variables(build) : new LinkedHashMap<String, String>(build.variables)
        ((given.variables ?: [:]) as Map<String, String>).each { String name, String value ->
            if (!value) {
                all.remove(name)
            } else if (name.contains('+')) {
                String base = name.substring(0, name.indexOf('+'))
                all[base] = all[base] ? "${value}:${all[base]}".toString() : value
            } else {
                all[name] = value
            }
        }
        all
    }

    private Object nearest(String what) {
        given.containsKey(what) ? given[what] : outer?.nearest(what)
    }

    private List all(String what) {
        (outer ? outer.all(what) : []) + (given.containsKey(what) ? [given[what]] : [])
    }
}

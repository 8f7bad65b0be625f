package harness

/**
 * Where nodes work. Each `node` block of a spec gets a new, empty folder, as on an agent that has not run the job before;
 * with an agent's folder it gets the first that is free: <folder>, <folder>@2, …, with what the last build left there.
 */
class Workspaces {
    private final Build build
    private final File agent
    private final Set<File> taken = []
    private final List<Closure> prepared = []
    final List<File> all = []

    /** @param agent folder of the agent's first workspace, or null */
    Workspaces(Build build, File agent) {
        this.build = build
        this.agent = agent
    }

    void prepare(Closure action) {
        prepared << action
    }

    File take() {
        File folder = agent ? free() : new File(build.newFolder("agents/${all.size() + 1}"), 'workspace')
        [folder, new File("${folder.path}@tmp")]*.mkdirs()
        taken << folder
        all << folder
        prepared.each { it.call(folder) }
        folder
    }

    void giveBack(File folder) {
        taken.remove(folder)
    }

    private File free() {
        int number = 1
        while (named(number) in taken) number++
        named(number)
    }

    private File named(int number) {
        number == 1 ? agent : new File("${agent.path}@${number}")
    }
}

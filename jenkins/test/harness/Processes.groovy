package harness

/** The processes of a build: their environment, what they were called with, and that none is left over. */
class Processes {
    /** Nanoseconds that what was told to end may take to do so. */
    private static final long ENDING = 10_000_000_000L
    private final Build build
    /** Words of commands that the recorder stops at. */
    final List<String> held = []
    final List<ProgramCall> calls = []
    /** Seconds after which a script that goes on is a fault. */
    int patience = 120
    private final List<Shell> running = []
    private final Map<String, String> agent
    private final Recorder recorder
    private final String cookie = UUID.randomUUID()

    /** @param programs folders of the programs, fakes first @param agent variables that the agent gives to every process */
    Processes(Build build, List<File> programs, Map<String, String> agent) {
        this.build = build
        recorder = Recorder.of(programs*.path)
        this.agent = [HOME: build.newFolder('home').path, TMPDIR: build.temporary.path, LANG: 'C.UTF-8'] + build.outside.variables + agent
    }

    static List<File> ofThisMachine() {
        System.getenv('PATH').tokenize(':').collect { new File(it) }.findAll { it.directory }
    }

    /** A program of this build alone: it stands before all others. */
    void add(String program, String script) {
        File file = new File(build.newFolder('bin'), program)
        if (!file.exists()) recorder.addTo(build.newFolder('recorder'), program)
        file.text = script
        file.executable = true
    }

    Map<String, String> variables(Context context) {
        String programs = "${build.newFolder('bin')}:${recorder.path}"
        agent + Git.ENVIRONMENT + context.variables(build) + [
            PATH: withAdded(context, "${build.newFolder('recorder')}:${recorder.folder}:${programs}"),
            HARNESS_PATH: programs, HARNESS_FAKES: Build.FAKES.path, JENKINS_SERVER_COOKIE: cookie,
        ]
    }

    /** Folders that `withEnv(['PATH+NAME=…'])` put before all others. */
    private String withAdded(Context context, String path) {
        String added = context.variables(build).PATH
        added ? "${added}:${path}" : path
    }

    Integer await(Shell shell) {
        running << shell
        Integer code = shell.await(patience, build.plan)
        if (code != null) ended(shell)
        code
    }

    void ended(Shell shell) {
        running.remove(shell)
        List<ProgramCall> made = ProgramCall.read(shell.calls)
        calls.addAll(made)
        made.each { ProgramCall call -> build.canaries.check("the arguments of a process", call.toString()) }
    }

    /** After a fault, nobody waits for what runs. */
    void kill() {
        running.each { it.stop('KILL') }
    }

    /** @throws Fault when a process of this build is still there, and does not end within seconds; it is killed */
    void checkNoneLeft() {
        long end = System.nanoTime() + ENDING
        List<File> left = mine()
        while (left && System.nanoTime() < end) {
            Thread.sleep(10)
            left = mine()
        }
        if (!left) return
        String told = left.collect { new File(it, 'cmdline').text.replace('\0', ' ') }.join('; ')
        left.each { ['/bin/kill', '-KILL', it.name].execute().waitFor() }
        throw new Fault("left running: ${told}")
    }

    /** Their folders in /proc. Not by ProcessHandle: Groovy 2.4 cannot call static methods of interfaces. */
    private List<File> mine() {
        new File('/proc').listFiles().findAll { File process ->
            if (!process.name.integer) return false
            try {
                // What has no command line any more is ending.
                return new File(process, 'environ').getText('ISO-8859-1').contains(cookie) && new File(process, 'cmdline').text
            } catch (IOException ignored) {
                // It ended while it was looked at, or belongs to somebody else.
                return false
            }
        }
    }
}

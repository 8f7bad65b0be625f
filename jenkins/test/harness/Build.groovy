package harness

import hudson.model.Result
import java.nio.file.Files
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

/** One build of a job: what it has, and what a pipeline did to it. It lives in a folder of its own, which `close` removes. */
class Build implements Closeable {
    static final File FAKES = new File(Library.FOLDER, 'test/fakes/bin')

    /** Environment of the build; a spec may change it before `run`. */
    final Map<String, String> variables = [
        BRANCH_NAME: 'main', BUILD_NUMBER: '7', BUILD_ID: '7', JOB_NAME: 'slipway/main', JOB_BASE_NAME: 'main', BUILD_TAG: 'jenkins-slipway-main-7',
        JENKINS_URL: 'https://jenkins.example.com/', BUILD_URL: 'https://jenkins.example.com/job/slipway/job/main/7/',
        JOB_URL: 'https://jenkins.example.com/job/slipway/job/main/', CI: 'true',
    ]
    final Map<String, Object> parameters = [:]
    final Canaries canaries = new Canaries()
    final Map<String, Credential> credentials = [:]
    /** Lines of the log, unmasked. */
    final List<String> log = []
    /** Stages in the order in which they began. */
    final List<Stage> stages = []
    /** What was mailed: arguments of the step. */
    final List<Map> mails = []
    /** Causes as `currentBuild.getBuildCauses()` gives them. */
    final List<Map> causes = []
    final List<Map<String, Object>> answers = []
    final Map<String, Global> globals = [:]
    /** Ids that `withCredentials` and `checkout` bound, in order. */
    final List<String> bound = []
    final Library library
    final Workspaces nodes
    final Outside outside
    final Processes processes
    final Steps jenkins
    final Plan plan
    Machine machine
    String description
    String displayName = '#7'
    /** Result of the build before, or null. */
    String previousResult
    /** Told each line of the log. */
    Closure onLine = { String line -> }
    /** What made it worse than a success, or null. */
    Result outcome
    private final File root = Files.createTempDirectory('slipway-build').toFile()
    private final File archive

    /** @param agent `programs`: folders, the first first in PATH; `variables` of every process; `workspace`: folder that is used again; `artifacts`: where they go; `outside`: see Outside */
    Build(Map agent = [:], Library library = Library.ours()) {
        this.library = library
        archive = agent.artifacts ?: newFolder('archive')
        nodes = new Workspaces(this, agent.workspace as File)
        outside = new Outside(this, agent.outside as File)
        processes = new Processes(this, (agent.programs ?: [FAKES] + Processes.ofThisMachine()) as List<File>, (agent.variables ?: [:]) as Map<String, String>)
        jenkins = new Steps(this)
        plan = new Plan(this)
        [new EnvironmentGlobal(this), new StepsGlobal(), new ParametersGlobal(this), new CurrentBuild(this)].each { globals[it.called()] = it }
        credential('aws', kind: 'aws')
        credential('git-push', kind: 'usernamePassword')
        credential('docker-hub', kind: 'string')
        ['production', 'kind', 'lab'].each { credential("kubeconfig-${it}", kind: 'file') }
    }

    /** Runs a scripted pipeline. @return its value @throws what it did not catch */
    Object run(String pipeline) {
        machine = new Machine(this, library)
        try {
            return machine.run(library.parse(pipeline, 'Jenkinsfile.groovy'))
        } catch (Throwable thrown) {
            if (!(thrown instanceof Fault)) fail(thrown)
            throw thrown
        }
    }

    /** Runs a declarative pipeline. @return a `harness.declarative.Run` */
    Object declarative(File jenkinsfile) {
        Class.forName('harness.declarative.Declarative').run(this, jenkinsfile)
    }

    /** What a pipeline's end by something thrown makes of the build. */
    void fail(Throwable thrown) {
        worsen(resultOf(thrown))
        writeLog(thrown instanceof hudson.AbortException ? "ERROR: ${thrown.message}" : thrown.toString())
    }

    static Result resultOf(Throwable thrown) {
        thrown instanceof FlowInterruptedException ? thrown.result : Result.FAILURE
    }

    /** SUCCESS, UNSTABLE, FAILURE, NOT_BUILT or ABORTED. */
    String getResult() {
        (outcome ?: Result.SUCCESS).toString()
    }

    void worsen(Result other) {
        if (other.isWorseThan(outcome ?: Result.SUCCESS)) outcome = other
    }

    /** Steps that were performed, in order. */
    List<Performed> getSteps() {
        jenkins.performed
    }

    /** Called before each step of that name, with the call and its context; what it throws, the step throws. */
    void onStep(String name, Closure action) {
        jenkins.on(name, action)
    }

    /** @param given `step` (those that wait, from 1), `how`, `call` (for sh: at its n-th program; 0, the default: before it acts) */
    void interrupt(Map given) {
        plan.plant(given)
    }

    /** @param given `kind` (string, usernamePassword, file, sshUserPrivateKey, aws) and parts that are not made up */
    Credential credential(Map given, String id) {
        Map parts = new LinkedHashMap(given)
        String kind = parts.remove('kind')
        credentials[id] = new Credential(id, kind, parts, canaries)
    }

    /** What the next command with these words says: see Outside.answer. */
    void answer(Map given, String command) {
        outside.answer(given, command)
    }

    /** The next `input` is answered so: a value for each parameter and for submitterParameter. */
    void answerInput(Map<String, Object> answer = [:]) {
        answers << answer
    }

    /** Somebody presses Abort at the next `input`. */
    void rejectInput() {
        answers << null
    }

    /** `scm` of the job: see Scm.of. */
    void scm(Map given) {
        globals.scm = new ScmGlobal(Scm.of(given))
    }

    /** Arguments of each call of a program, real or fake, in order. */
    List<List<String>> argv(String program) {
        processes.calls.findAll { it.program == program }*.arguments
    }

    /** Puts a program before all others for this build. @param script with its first line */
    void program(String name, String script) {
        processes.add(name, script)
    }

    /** Each node's workspace is new and empty, but for what this puts there. */
    void prepare(Closure action) {
        nodes.prepare(action)
    }

    /** Workspaces of the nodes, in order. */
    List<File> getWorkspaces() {
        nodes.all
    }

    /** The only node's workspace, or the last one. */
    File getWorkspace() {
        nodes.all.last()
    }

    /** Where `archiveArtifacts` copies to. */
    File getArtifacts() {
        archive
    }

    /** TMPDIR of every process. */
    File getTemporary() {
        newFolder('tmp')
    }

    File newFolder(String path) {
        File folder = new File(root, path)
        folder.mkdirs()
        folder
    }

    void writeLog(Object line) {
        canaries.check('a line of the log', line.toString())
        log << line.toString()
        onLine.call(line.toString())
        plan.read(line.toString())
    }

    /** What a spec that fails shows of it. */
    @Override
    String toString() {
        "build ${result}, its log:\n${log.takeRight(40).join('\n')}"
    }

    /** @throws Fault when a process is left running, or a secret in a file of an agent */
    @Override
    void close() {
        try {
            processes.checkNoneLeft()
            ['agents', 'home', 'tmp'].each { canaries.checkFiles(newFolder(it)) }
        } finally {
            Folder.delete(root)
        }
    }
}

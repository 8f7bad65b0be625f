package slipway.delivery

import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import harness.Build
import harness.Folder
import java.nio.file.Files
import slipway.ChartsRepository

/** A repository with charts and the application `hello`, and what a registry and a cluster hold for it. Builds of it come one after the other. */
class Project implements Closeable {
    static final String REGISTRY = '210987654321.dkr.ecr.eu-central-1.amazonaws.com'
    /** A delivery of the application. */
    static final String DELIVERY = "apps: [[name: 'hello', inputs: ['src']]], registry: '${REGISTRY}', deployTo: ['production'], tests: [command: 'true']"
    /** A delivery of charts alone. */
    static final String CHARTS = "deployTo: ['production'], approve: [], tests: [command: 'true']"
    /** npm takes most of a build's time, and other specs have the real one (ChartsSpec, SynthManifestsSpec). This one knows what a delivery asks it for. */
    private static final String NPM = '''#!/bin/sh
set -eu
case "$*" in
  'ci --no-audit --no-fund') mkdir -p node_modules ;;
  'ci' | 'run test:quick') ;;
  'run --silent synth --') exec node tools/cli/bin.js synth ;;
  *) echo "fake npm: $*" >&2; exit 64 ;;
esac
'''
    private static final String ENVIRONMENT = 'charts/environments/production.ts'
    /** Projects after their first release, by their sources. */
    private static final Map<Map<String, String>, File> RELEASED = [:]

    final ChartsRepository charts
    /** What the cluster and the registry hold lives as long as the project. */
    final File state
    private final File folder = Files.createTempDirectory('slipway-project').toFile()
    private final Map<String, String> sources
    private int builds = 0

    /** @param sources what lies beside the charts */
    Project(Map<String, String> sources = ['Dockerfile': 'FROM scratch\nCOPY src /src\n', 'src/main.txt': 'hello\n']) {
        this.sources = sources
        charts = new ChartsRepository(folder, sources)
        state = new File(folder, 'state')
        state.mkdirs()
    }

    /** The next build of main, as its job starts it: with the project's registry and cluster. */
    Build build(Map<String, String> variables = [:]) {
        prepare(new Build(outside: state), variables)
    }

    /** Gives a build the project's repository. */
    Build prepare(Build build, Map<String, String> variables = [:]) {
        build.program('npm', NPM)
        build.scm(url: charts.bare, branch: 'main')
        build.variables.putAll([BUILD_NUMBER: (++builds).toString()] + variables)
        build
    }

    /** Runs a pipeline in a build of its own. @return what the judge gives of it */
    Object run(String pipeline, Closure judge = { Build build -> build.result }) {
        build().withCloseable { Build build ->
            build.answerInput([APPROVER: 'ann', REASON: 'release'])
            build.run(pipeline)
            judge.call(build)
        }
    }

    /** Its charts as they are at first have been released. A build does that once for each JVM; what it left is copied. */
    void release() {
        Folder.empty(folder)
        ChartsRepository.copy(released(sources), folder)
        builds++
    }

    private static synchronized File released(Map<String, String> sources) {
        if (!RELEASED.containsKey(sources)) {
            Project first = new Project(sources)
            addShutdownHook { first.close() }
            String result = first.run(pipeline())
            if (result != 'SUCCESS') throw new IllegalStateException("the first release: ${result}")
            RELEASED[sources] = first.folder
        }
        RELEASED[sources]
    }

    /** A pipeline that does nothing but release. */
    static String pipeline(String arguments = CHARTS) {
        "def delivery = deliver.plan(${arguments})\ndelivery.release()"
    }

    /** Somebody changes the charts of production. @return the commit */
    String scale(int replicas) {
        charts.push([(ENVIRONMENT): charts.read(ENVIRONMENT).replaceFirst(/replicas: \d+/, "replicas: ${replicas}")])
    }

    /** Revisions that the cluster remembers. */
    List<Map> getRevisions() {
        readRevisions(state)
    }

    /** @param state what Outside.state is */
    static List<Map> readRevisions(File state) {
        File file = cluster(state)
        file.file ? file.readLines().collect { new JsonSlurper().parseText(it) } as List<Map> : []
    }

    /** The cluster of production: jenkins/test/fakes/slipway.sh says what is in there. */
    static File cluster(File state) {
        new File(state, 'slipway-production.revisions')
    }

    /** Somebody releases something else, by hand. */
    void deployedByHand(String dist) {
        List<Map> all = revisions
        all.each { if (it.status == 'deployed') it.status = 'superseded' }
        all << all.last() + [revision: all.size() + 1, status: 'deployed', dist: dist]
        List<String> parts = ['revision', 'status', 'commit', 'description', 'by', 'at', 'images', 'dist']
        cluster(state).text = all.collect { Map revision -> JsonOutput.toJson(parts.collectEntries { [(it): revision[it]] }) + '\n' }.join()
    }

    /** What runs. */
    String getRunning() {
        revisions.reverse().find { it.status == 'deployed' }?.dist?.trim()
    }

    /** What main says should run. */
    String getWanted() {
        charts.read('dist/production/workloads/20-apps.yaml')
    }

    /** Pin of hello, as main has it. */
    String getPin() {
        new JsonSlurper().parseText(charts.read('charts/environments/images/production.json')).hello
    }

    String getHead() {
        charts.git('rev-parse', 'main')
    }

    /** Digest that the registry has of hello under a tag. */
    String digest(String tag) {
        new File(state, "registries/${REGISTRY}/hello/${tag}").text.trim()
    }

    @Override
    void close() {
        Folder.delete(folder)
    }
}

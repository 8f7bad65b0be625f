package slipway.release

import harness.Folder
import harness.Library
import java.nio.file.Files
import java.util.concurrent.TimeUnit
import slipway.ChartsRepository
import spock.lang.Specification

/** resources/slipway/slipway.sh where Jenkins tells it to end, and no longer waits for it. */
class SlipwayScriptSpec extends Specification {
    /** Says that it is there, waits until it may end, and does so in spite of SIGTERM. */
    private static final String STUBBORN = '''
        const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
        const [name, , kubeconfig] = process.argv.slice(2);
        process.on('SIGTERM', () => {
          readFileSync(`${process.env.HERE}/go-on`);
          appendFileSync(`${process.env.HERE}/log`, `${name} ended, ${readFileSync(kubeconfig)}`);
          process.exit(Number(process.env.CODE));
        });
        appendFileSync(`${process.env.HERE}/log`, `${name} began\\n`);
        writeFileSync(`${process.env.HERE}/${name}-began`, 'x');
        if (name !== 'deploy') process.exit(0);
        setInterval(() => {}, 1000);
    '''

    File here = Files.createTempDirectory('slipway-script').toFile()
    File checkout = new File(here, 'checkout')
    Processes running = new Processes()

    def setup() {
        ChartsRepository.checkOut(checkout)
        new File(checkout, 'tools/cli/bin.js').text = STUBBORN
        new File(here, 'tmp').mkdirs()
        ['go-on', 'deploy-began', 'rollback-began', 'reached'].each { running.await(running.start(here, [:], 'mkfifo', it)) }
    }

    def cleanup() {
        running.destroyAll()
        Folder.delete(here)
    }

    def 'J14: what slipway still does has its kubeconfig, and whoever comes next waits for it'() {
        given:
        new File(here, 'kubeconfig').text = 'the kubeconfig\n'
        // Says that the script has come to its lock.
        File programs = new File(here, 'programs')
        programs.mkdirs()
        new File(programs, 'flock').text = "#!/bin/sh\n[ \"\$WORDS\" = deploy ] || echo x >'${here}/reached'\nexec /usr/bin/flock \"\$@\"\n"
        new File(programs, 'flock').executable = true

        when: 'Jenkins tells the deploy to end, and takes the credential away'
        Process deploy = script('deploy', programs)
        read('deploy-began')
        signal(deploy)
        new File(here, 'kubeconfig').delete()

        and: 'a rollback starts, and the deploy ends only then'
        new File(here, 'rollback-kubeconfig').text = 'another\n'
        Process rollback = script('rollback', programs)
        read('reached')
        write('go-on')
        read('rollback-began')

        then:
        running.await(deploy) == 7
        running.await(rollback) == 0
        new File(here, 'log').readLines() == ['deploy began', 'deploy ended, the kubeconfig', 'rollback began']
        new File(here, 'tmp').list().toList() == []
    }

    def 'an abort is none any more if the script ends with 0: it does not'() {
        given:
        new File(here, 'kubeconfig').text = 'the kubeconfig\n'

        when:
        Process deploy = script('deploy', here, '0')
        read('deploy-began')
        signal(deploy)
        write('go-on')

        then:
        running.await(deploy) == 143
    }

    private Process script(String word, File programs, String code = '7') {
        String kubeconfig = new File(here, "${word}-kubeconfig").file ? "${word}-kubeconfig" : 'kubeconfig'
        running.start(checkout, [
            WORDS: word, ANSWER: "diagnostics/${word}.json", KUBECONFIG_FILE: "${here}/${kubeconfig}", HERE: here.path, CODE: code,
            TMPDIR: "${here}/tmp", PATH: "${programs}:${System.getenv('PATH')}",
        ], 'setsid', 'bash', new File(Library.FOLDER, 'resources/slipway/slipway.sh').path)
    }

    /** Waits until somebody writes into a FIFO. */
    private void read(String fifo) {
        assert running.await(running.start(here, [:], 'timeout', '30', 'cat', fifo)) == 0
    }

    /** Waits until somebody reads from a FIFO. */
    private void write(String fifo) {
        assert running.await(running.start(here, [:], 'timeout', '30', 'sh', '-c', "echo x >${fifo}".toString())) == 0
    }

    /** As Jenkins does: every process of the script. */
    private void signal(Process script) {
        running.await(running.start(here, [:], 'kill', '-TERM', '--', "-${script.pid()}"))
    }

    /** Processes of a spec, none of which outlives it. */
    static class Processes {
        private final List<Process> processes = []

        Process start(File folder, Map variables, String... words) {
            ProcessBuilder builder = new ProcessBuilder(words).directory(folder).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
            variables.each { name, value -> builder.environment()[name] = value.toString() }
            Process process = builder.start()
            processes << process
            process
        }

        int await(Process process) {
            if (!process.waitFor(60, TimeUnit.SECONDS)) throw new IllegalStateException('a process does not end')
            process.exitValue()
        }

        void destroyAll() {
            processes.each { it.descendants().each { child -> child.destroyForcibly() } }
            processes*.destroyForcibly()
        }
    }
}

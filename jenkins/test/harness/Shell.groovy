package harness

import java.util.concurrent.TimeUnit

/** One `sh` as a process of its own, in a group of its own, with nothing of this JVM's environment. */
class Shell {
    /**
     * Jenkins lets a script end for 20 s before it goes on without it (DurableTaskStep.REMOTE_TIMEOUT), and tells what is still there
     * several times, 5 s apart (jenkinsci/jenkins:core/src/main/java/hudson/util/ProcessTree.java, SoftKillWaitSeconds).
     */
    private static final int TOLD = 4
    private static final int SECONDS_BETWEEN = 5

    private final File control
    private final File output
    private final File captured
    private final Closure onLine
    private Process process
    private long told = 0

    /** @param control a folder of this script alone @param onLine called with each line of the log */
    Shell(File control, Closure onLine) {
        this.control = control
        this.onLine = onLine
        output = new File(control, 'output.log')
        captured = new File(control, 'stdout')
    }

    File getCalls() {
        new File(control, 'calls')
    }

    /** @param held what the recorder stops at: words of a command, the number of a call, or `*` */
    void start(String script, File folder, Map<String, String> variables, boolean capture, List<String> held) {
        calls.mkdirs()
        new File(calls, 'hold').text = held.collect { "${it}\n" }.join()
        File file = new File(control, 'script.sh')
        file.setText(script, 'UTF-8')
        file.executable = true
        List<String> command = script.startsWith('#!') ? [file.path] : ['/bin/sh', '-xe', file.path]
        ProcessBuilder builder = new ProcessBuilder(['/usr/bin/setsid'] + command).directory(folder)
        builder.environment().clear()
        builder.environment().putAll(variables + [HARNESS_CALLS: calls.path])
        builder.redirectInput(new File('/dev/null'))
        if (capture) builder.redirectOutput(captured).redirectError(output)
        else builder.redirectErrorStream(true).redirectOutput(output)
        process = builder.start()
    }

    /** @return its exit code, or null when a program is held or the build aborted @throws Fault after so many seconds without an end */
    Integer await(int seconds, Plan plan) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds)
        while (!process.waitFor(5, TimeUnit.MILLISECONDS)) {
            tell()
            if (plan.due || calls.list().any { it.endsWith('.held') }) return null
            if (System.nanoTime() > end) {
                stop('KILL')
                throw new Fault("sh has run for ${seconds} seconds; its last lines: ${output.readLines().takeRight(5)}")
            }
        }
        tell()
        finish()
        process.exitValue()
    }

    /** SIGTERM to the whole group, as an abort does. @return its exit code, or null when it goes on in spite of that */
    Integer interrupt() {
        boolean ended = (1..TOLD).any {
            stop('TERM')
            process.waitFor(SECONDS_BETWEEN, TimeUnit.SECONDS)
        }
        tell()
        if (ended) finish()
        ended ? process.exitValue() : null
    }

    void stop(String signal) {
        ['/bin/sh', '-c', 'kill -s "$1" -- "-$2"', 'sh', signal, process.pid().toString()].execute().waitFor()
    }

    String getStdout() {
        captured.file ? captured.getText('UTF-8') : ''
    }

    /** A last line without an end of line. */
    private void finish() {
        String rest = rest()
        if (rest) onLine.call(rest)
        told = output.length()
    }

    /** Lines that are complete. */
    private void tell() {
        String text = rest()
        int end = text.lastIndexOf('\n') + 1
        if (end == 0) return
        String complete = text.substring(0, end)
        told += complete.getBytes('UTF-8').length
        complete.split('\n', -1).toList().init().each { onLine.call(it) }
    }

    private String rest() {
        if (output.length() <= told) return ''
        output.withDataInputStream { DataInputStream stream ->
            stream.skipBytes(told as int)
            new String(stream.bytes, 'UTF-8')
        }
    }
}

package harness

import java.nio.file.Files

/**
 * A folder that stands first in PATH, with every program's name. Each is one script: it writes its arguments down, waits if it is told to, then becomes the program.
 * So the harness sees the arguments of every process that a pipeline starts, real ones and fakes alike.
 */
class Recorder {
    private static final String SCRIPT = '''#!/bin/sh
name=${0##*/}
if [ -n "${HARNESS_CALLS-}" ]; then
  call=1
  set -C
  until true 2>/dev/null >"$HARNESS_CALLS/$call"; do call=$((call + 1)); done
  set +C
  printf '%s\\0' "$name" "$@" >"$HARNESS_CALLS/$call"
  words=$name
  for word; do case $word in -*) ;; *) words="$words $word" ;; esac; done
  while read -r held; do
    case "$held" in "$call" | '*') ;; *) case "$words " in "$held "*) ;; *) continue ;; esac ;; esac
    /usr/bin/mkfifo "$HARNESS_CALLS/$call.gate"
    true >"$HARNESS_CALLS/$call.held"
    read -r go <"$HARNESS_CALLS/$call.gate"
  done <"$HARNESS_CALLS/hold"
fi
IFS=:
for folder in $HARNESS_PATH; do
  if [ -x "$folder/$name" ]; then
    unset IFS
    # What a fake is made of is no call of the pipeline.
    case $folder in "$HARNESS_FAKES") PATH=$HARNESS_PATH; export PATH; unset HARNESS_CALLS ;; esac
    exec "$folder/$name" "$@"
  fi
done
echo "$name: not found" >&2
exit 127
'''
    private static final Map<List<String>, Recorder> MADE = [:]

    /** The folders with the programs, joined. */
    final String path
    final File folder

    /** One for all builds of a JVM that have the same programs. */
    static synchronized Recorder of(List<String> folders) {
        if (!MADE.containsKey(folders)) MADE[folders] = new Recorder(folders)
        MADE[folders]
    }

    private Recorder(List<String> folders) {
        path = folders.join(':')
        folder = folderOf(folders.collectMany { (new File(it).list() ?: []) as List<String> }.toSet())
    }

    /** One for each JVM, however often this class is loaded in it: some thousand links take their time. */
    private static File folderOf(Set<String> programs) {
        String property = "slipway.recorder.${programs.hashCode()}"
        if (System.getProperty(property) == null) System.setProperty(property, make(programs).path)
        new File(System.getProperty(property))
    }

    private static File make(Set<String> programs) {
        File folder = Files.createTempDirectory('slipway-recorder').toFile()
        addShutdownHook { Folder.delete(folder) }
        File script = new File(folder, '.recorder')
        script.text = SCRIPT
        script.executable = true
        programs.each { link(folder, it, script) }
        folder
    }

    private static void link(File folder, String program, File script) {
        Files.createSymbolicLink(new File(folder, program).toPath(), script.toPath())
    }

    /** Makes a program known that stands in a folder of the build's own. */
    void addTo(File folder, String program) {
        link(folder, program, new File(this.folder, '.recorder'))
    }
}

/** A program that a pipeline started. */
class ProgramCall {
    final String program
    final List<String> arguments

    ProgramCall(String program, List<String> arguments) {
        this.program = program
        this.arguments = arguments
    }

    /** @return what the recorder wrote, in the order of the calls */
    static List<ProgramCall> read(File folder) {
        List<File> files = (folder.listFiles() ?: [] as File[]).findAll { it.name.number && it.length() > 0 } as List<File>
        files.sort { it.name as int }.collect { File file ->
            List<String> words = file.getText('UTF-8').split('\0', -1).toList().init()
            new ProgramCall(words.first(), words.tail())
        }
    }

    @Override
    String toString() {
        ([program] + arguments).join(' ')
    }
}

package harness

import java.nio.file.Files

/** Made-up secrets, each with a core that nothing else contains; seen in plain or in base64 where it must not be, the run fails. */
class Canaries {
    /** What gives a secret away, by what it is a part of. */
    private final Map<String, String> sources = [:]
    private final List<String> needles = []

    /** @return a secret with characters that a shell, a URL and Groovy would each change if it were not quoted */
    String hostile(String source) {
        "p'${core(source)}\$HOME%2F+ "
    }

    /** @return 32 hexadecimal digits */
    String core(String source) {
        String core = UUID.randomUUID().toString().replace('-', '')
        add(core, source)
        core
    }

    /** @param secret of 16 characters or more, as it stands */
    void add(String secret, String source) {
        sources[secret] = source
        needles << secret
        (0..2).each { int shift ->
            String encoded = ('x' * shift + secret).bytes.encodeBase64().toString()
            // Characters at both ends depend on what stands beside the secret.
            String steady = encoded.substring(shift == 0 ? 0 : 4, encoded.length() - 4)
            sources[steady] = "${source} in base64"
            needles << steady
        }
    }

    /** @throws Fault when the text gives a secret away */
    void check(String where, CharSequence text) {
        String found = text == null ? null : find(text.toString())
        if (found) throw new Fault("secret in ${where}: ${sources[found]}: ${text.toString().replace(found, '****').take(400)}")
    }

    /** Looks into maps, lists, symbols and texts of any depth. */
    void checkArgument(String where, Object value) {
        if (value instanceof Closure) return
        if (value instanceof Symbol) checkArgument(where, value.arguments)
        else if (value instanceof Map) value.each { Object key, Object part -> checkArgument("${where}.${key}", part) }
        else if (value instanceof Iterable || value instanceof Object[]) value.each { checkArgument(where, it) }
        else if (value != null) check(where, value.toString())
    }

    /** @throws Fault naming the file below the folder that holds a secret */
    void checkFiles(File folder) {
        Folder.files(folder).each { File file ->
            if (Files.isSymbolicLink(file.toPath()) || !file.file || file.length() > 10_000_000) return
            check("the file ${file}, left behind", file.getText('ISO-8859-1'))
        }
    }

    private String find(String text) {
        needles.find { text.contains(it) }
    }
}

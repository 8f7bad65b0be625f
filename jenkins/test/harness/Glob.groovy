package harness

import java.nio.file.Files
import java.util.regex.Pattern

/** Ant's patterns, as `archiveArtifacts`, `stash` and `junit` take them: several with commas; `**` is any number of folders. */
class Glob {
    /** @return paths relative to the folder, in order; files alone */
    static List<String> files(File folder, String patterns, String excludes = '') {
        List<Pattern> wanted = compile(patterns)
        List<Pattern> unwanted = compile(excludes ?: '')
        List<String> found = []
        Folder.files(folder).each { File file ->
            String path = folder.toPath().relativize(file.toPath()).toString()
            if (wanted.any { it.matcher(path).matches() } && !unwanted.any { it.matcher(path).matches() }) found << path
        }
        found.sort()
    }

    static void copy(File from, List<String> paths, File to) {
        paths.each { String path ->
            File target = new File(to, path)
            target.parentFile.mkdirs()
            Files.copy(new File(from, path).toPath(), target.toPath(), java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.COPY_ATTRIBUTES)
        }
    }

    private static List<Pattern> compile(String patterns) {
        patterns.split(',').collect { it.trim() }.findAll { it }.collect { String pattern ->
            String full = pattern.endsWith('/') ? "${pattern}**" : pattern
            String regex = full.replaceAll(/\*\*\/|\*\*|\*|\?|[^*?]+/) { String part ->
                switch (part) {
                    case '**/': return '(?:.*/)?'
                    case '**': return '.*'
                    case '*': return '[^/]*'
                    case '?': return '[^/]'
                    default: return Pattern.quote(part)
                }
            }
            Pattern.compile(regex)
        }
    }
}

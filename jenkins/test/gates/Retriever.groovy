package gates

import harness.Folder
import hudson.AbortException
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path

/**
 * Brings a library out of a checkout as Jenkins does: what it refuses, and the files that it copies.
 * Source: jenkinsci/pipeline-groovy-lib-plugin:src/main/java/org/jenkinsci/plugins/workflow/libs/SCMBasedRetriever.java (058195f5)
 */
class Retriever {
    private static final List<String> FOLDERS = ['src', 'vars', 'resources']

    /** @param libraryPath as it is configured: where in the checkout the library is */
    static void retrieve(Path checkout, String libraryPath, Path target) {
        if (libraryPath =~ /(^|.*[\\\/])\.\.($|[\\\/].*)/) throw new AbortException("Library path may not contain '..'")
        if (libraryPath.startsWith('/')) throw new AbortException('Library path must be a relative path')
        refuseLinks(checkout, libraryPath)
        FOLDERS.collect { checkout.resolve(libraryPath).resolve(it) }.findAll { Files.exists(it, LinkOption.NOFOLLOW_LINKS) }.each { refuseSpecialFiles(it, checkout) }
        copy(checkout.resolve(libraryPath), target)
    }

    private static void refuseLinks(Path checkout, String libraryPath) {
        for (Path part = checkout.relativize(checkout.resolve(libraryPath)); part != null; part = part.parent) {
            if (Files.isSymbolicLink(checkout.resolve(part))) throw new AbortException("Rejecting library: symlink found: ${part}")
            if (!Files.isDirectory(checkout.resolve(part))) throw new AbortException("Rejecting library: expected directory: ${part}")
        }
    }

    private static void refuseSpecialFiles(Path path, Path checkout) {
        if (Files.isSymbolicLink(path)) throw new AbortException("Rejecting library: symlink found: ${checkout.relativize(path)}")
        if (Files.isDirectory(path)) {
            path.toFile().listFiles().each { refuseSpecialFiles(it.toPath(), checkout) }
        } else if (!Files.isRegularFile(path)) {
            throw new AbortException("Rejecting library: not a regular file or directory: ${checkout.relativize(path)}")
        }
    }

    /** Ant patterns `src/**\/*.groovy,vars/*.groovy,vars/*.txt,resources/`, without `src/test/`. */
    private static void copy(Path library, Path target) {
        Folder.files(library.toFile()).each { File file ->
            String path = library.relativize(file.toPath())
            if (!isCopied(path)) return
            Path copy = target.resolve(path)
            Files.createDirectories(copy.parent)
            Files.copy(file.toPath(), copy)
        }
    }

    private static boolean isCopied(String path) {
        !path.startsWith('src/test/') && (path ==~ /src\/(.*\/)?[^\/]*\.groovy/ || path ==~ /vars\/[^\/]*\.(groovy|txt)/ || path.startsWith('resources/'))
    }
}

package harness

import java.nio.file.FileVisitResult
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import java.nio.file.SimpleFileVisitor
import java.nio.file.attribute.BasicFileAttributes

/**
 * Folders with all that is in them. A symbolic link is a file here and is never followed:
 * Groovy's own deleteDir, eachFileRecurse and eachDirRecurse do follow, and have emptied what a link led to.
 */
class Folder {
    /** Removes a folder, or a link to one, and nothing that a link leads to. */
    static void delete(File folder) {
        walk(folder) { Path path -> Files.delete(path) }
    }

    /** Removes what is in a folder. */
    static void empty(File folder) {
        Path top = folder.toPath()
        walk(folder) { Path path -> if (path != top) Files.delete(path) }
    }

    /** @return files and links below, without folders; nothing where there is no folder */
    static List<File> files(File folder) {
        List<File> found = []
        walk(folder) { Path path -> if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) found << path.toFile() }
        found
    }

    /** @param visit called with each file, then with the folder that held it */
    private static void walk(File folder, Closure visit) {
        Path top = folder.toPath()
        if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) return
        Files.walkFileTree(top, new SimpleFileVisitor<Path>() {
            @Override
            FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                visit.call(file)
                FileVisitResult.CONTINUE
            }

            @Override
            FileVisitResult postVisitDirectory(Path directory, IOException failure) {
                if (failure) throw failure
                visit.call(directory)
                FileVisitResult.CONTINUE
            }
        })
    }
}

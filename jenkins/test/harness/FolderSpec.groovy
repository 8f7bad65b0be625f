package harness

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.Unroll

class FolderSpec extends Specification {
    Path top = Files.createTempDirectory('slipway-folder')
    Path elsewhere = Files.createDirectory(top.resolve('elsewhere'))
    Path workspace = Files.createDirectories(top.resolve('agent/workspace'))

    def setup() {
        elsewhere.resolve('precious').toFile().text = 'kept'
        Files.createDirectories(workspace.resolve('a/b')).resolve('file').toFile().text = 'x'
        Files.createSymbolicLink(workspace.resolve('a/link'), elsewhere)
        Files.createSymbolicLink(workspace.resolve('dangling'), top.resolve('nowhere'))
    }

    def cleanup() {
        Folder.delete(top.toFile())
    }

    @Unroll
    def '#what never follows a link'() {
        when:
        action.call(workspace.toFile())
        then:
        elsewhere.resolve('precious').toFile().text == 'kept'
        workspace.toFile().exists() == stays
        !workspace.resolve('a').toFile().exists()
        where:
        what               | stays | action
        'delete'           | false | { File it -> Folder.delete(it) }
        'empty'            | true  | { File it -> Folder.empty(it) }
    }

    def 'a link to a folder is deleted as a link'() {
        when:
        Folder.delete(workspace.resolve('a/link').toFile())
        then:
        elsewhere.resolve('precious').toFile().text == 'kept'
        !Files.exists(workspace.resolve('a/link'))
    }

    def 'files below are told, links as they are, nothing of what they lead to'() {
        expect:
        Folder.files(workspace.toFile()).collect { workspace.relativize(it.toPath()).toString() } as Set == ['a/b/file', 'a/link', 'dangling'] as Set
        Folder.files(new File('/does-not-exist')) == []
    }
}

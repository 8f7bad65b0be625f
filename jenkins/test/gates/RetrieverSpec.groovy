package gates

import harness.Build
import harness.Folder
import harness.Library
import hudson.AbortException
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.Unroll

class RetrieverSpec extends Specification {
    private final Path folder = Files.createTempDirectory('slipway-retriever')
    private final Path checkout = Files.createDirectory(folder.resolve('checkout'))
    private final Path target = Files.createDirectory(folder.resolve('target'))

    void cleanup() {
        Folder.delete(folder.toFile())
    }

    def 'J20: a step runs from what Jenkins copies of this library, and from nothing else'() {
        given:
        Retriever.retrieve(Library.FOLDER.toPath().parent, Library.FOLDER.name, target)
        Build build = new Build([:], new Library(target.toFile()))
        build.prepare { File workspace -> ['git', 'init', '--quiet'].execute(null, workspace).waitFor() }

        when:
        build.run("node('slipway') { lintSources(only: ['dockerfiles']) }")

        then:
        build.log.any { it.contains('git knows no Dockerfile') }

        cleanup:
        build.close()
    }

    def 'J20: Jenkins copies all of it: no step is without its help, and no script is left behind'() {
        given:
        Retriever.retrieve(Library.FOLDER.toPath().parent, Library.FOLDER.name, target)
        List<String> vars = target.resolve('vars').toFile().list()

        expect:
        vars.findAll { it.endsWith('.groovy') }*.replace('.groovy', '.txt') - vars == []
        paths(target, 'src', 'vars', 'resources') == paths(Library.FOLDER.toPath(), 'src', 'vars', 'resources')
    }

    def 'leaves out what Jenkins leaves out'() {
        given:
        [
            'src/slipway/A.groovy', 'src/A.java', 'src/test/T.groovy', 'vars/step.groovy', 'vars/step.txt', 'vars/step.md', 'vars/below/step.groovy',
            'resources/slipway/a.sh', 'resources/b', 'test/Spec.groovy', 'pom.xml',
        ].each { write("jenkins/${it}") }

        when:
        Retriever.retrieve(checkout, 'jenkins/', target)

        then:
        paths(target) == ['resources/b', 'resources/slipway/a.sh', 'src/slipway/A.groovy', 'vars/step.groovy', 'vars/step.txt']
    }

    @Unroll
    def 'refuses a symbolic link at #at'() {
        given:
        write('elsewhere/file')
        ['src', 'vars', 'resources/slipway'].each { write("jenkins/${it}/file") }
        Folder.delete(checkout.resolve(at).toFile())
        Files.createSymbolicLink(checkout.resolve(at), checkout.resolve('elsewhere'))

        when:
        Retriever.retrieve(checkout, 'jenkins', target)

        then:
        AbortException refused = thrown()
        refused.message == "Rejecting library: symlink found: ${at}"

        where:
        at << ['jenkins', 'jenkins/vars', 'jenkins/src/link', 'jenkins/resources/slipway/link']
    }

    def 'refuses what is neither a file nor a folder'() {
        given:
        write('jenkins/vars/step.groovy')
        ['mkfifo', checkout.resolve('jenkins/vars/pipe').toString()].execute().waitFor()

        when:
        Retriever.retrieve(checkout, 'jenkins', target)

        then:
        AbortException refused = thrown()
        refused.message == 'Rejecting library: not a regular file or directory: jenkins/vars/pipe'
    }

    def 'links beside the library are none of its business'() {
        given:
        write('elsewhere/file')
        write('jenkins/vars/step.groovy')
        write('jenkins/test/Spec.groovy')
        ['link', 'jenkins/test/link'].each { Files.createSymbolicLink(checkout.resolve(it), checkout.resolve('elsewhere')) }

        when:
        Retriever.retrieve(checkout, 'jenkins', target)

        then:
        paths(target) == ['vars/step.groovy']
    }

    @Unroll
    def 'refuses the library path #libraryPath'() {
        given:
        write('jenkins/vars/step.groovy')

        when:
        Retriever.retrieve(checkout, libraryPath, target)

        then:
        AbortException refused = thrown()
        refused.message == told

        where:
        libraryPath                || told
        'jenkins/..'               || "Library path may not contain '..'"
        '../checkout'              || "Library path may not contain '..'"
        '/jenkins'                 || 'Library path must be a relative path'
        'pipelines'                || 'Rejecting library: expected directory: pipelines'
        'jenkins/vars/step.groovy' || 'Rejecting library: expected directory: jenkins/vars/step.groovy'
    }

    private void write(String path) {
        Path file = checkout.resolve(path)
        Files.createDirectories(file.parent)
        file.toFile().text = path
    }

    /** Files below a folder, or below some folders of it, by path. */
    private static List<String> paths(Path top, String... folders) {
        (folders ? folders.collect { top.resolve(it) } : [top]).collectMany { Path each ->
            Folder.files(each.toFile()).collect { top.relativize(it.toPath()).toString() }
        }.sort()
    }
}

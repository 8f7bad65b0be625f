package harness

import hudson.AbortException
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

class FilesSpec extends Specification {
    @AutoCleanup
    Build build = new Build()

    def 'each node is a new, empty workspace; a stash goes from one to the other'() {
        when:
        build.run('''node('a') { writeFile file: 'd/x', text: '1'; writeFile file: 'y', text: '2'; stash name: 's', includes: 'd/**' }
            node('a') { unstash 's'; sh 'find . -type f' }''')
        then:
        build.log.last() == './d/x'
        build.workspaces.toSet().size() == 2
    }

    def 'dir is relative to where one is, and made for sh'() {
        expect:
        build.run('''node('a') { dir('a') { dir('b') { sh 'true'; return pwd() } } }''') == new File(build.workspace, 'a/b').path
    }

    def 'archives what matches, and nothing is an error'() {
        when:
        build.run('''node('a') { writeFile file: 'diagnostics/pod.txt', text: 'x'; writeFile file: 'other', text: 'y'
            archiveArtifacts artifacts: 'diagnostics/**, no/*', allowEmptyArchive: true
            archiveArtifacts 'no/*' }''')
        then:
        thrown(AbortException)
        Glob.files(build.artifacts, '**') == ['diagnostics/pod.txt']
    }

    def 'cleanWs empties the workspace, deleteDir removes the folder'() {
        expect:
        build.run('''node('a') { writeFile file: 'a/x', text: ''; dir('a') { deleteDir() }; def gone = !fileExists('a')
            writeFile file: 'b', text: ''; cleanWs(); return "${gone} ${fileExists('b')}" }''') == 'true false'
    }

    def 'reads resources of the library, and says where there is none'() {
        when:
        build.run("libraryResource 'slipway/none.sh'")
        then:
        AbortException thrown = thrown()
        thrown.message == 'No such library resource slipway/none.sh could be found.'
    }

    def 'reading a file that is not there fails as in Jenkins'() {
        when:
        build.run("node('a') { readFile 'none' }")
        then:
        thrown(java.nio.file.NoSuchFileException)
    }

    @Unroll
    def 'pattern #pattern matches #found'() {
        build.prepare { File it -> ['a.txt', 'd/b.txt', 'd/e/c.xml'].each { String path -> File file = new File(it, path); file.parentFile.mkdirs(); file.text = '' } }
        build.run("node('a') { }")
        expect:
        Glob.files(build.workspace, pattern, excludes) == found
        where:
        pattern          | excludes | found
        '*.txt'          | ''       | ['a.txt']
        '**/*.txt'       | ''       | ['a.txt', 'd/b.txt']
        'd/'             | ''       | ['d/b.txt', 'd/e/c.xml']
        '**'             | '**/*.xml' | ['a.txt', 'd/b.txt']
        'a.tx?, d/e/*'   | ''       | ['a.txt', 'd/e/c.xml']
    }
}

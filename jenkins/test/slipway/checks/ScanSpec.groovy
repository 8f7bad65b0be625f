package slipway.checks

import harness.Build
import harness.Interrupted
import harness.Interruptions
import hudson.AbortException
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import slipway.images.Archive
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.Unroll

class ScanSpec extends Specification {
    private static final String IMAGE = "scanImage(archive: 'build/chat.tar')"

    @AutoCleanup
    Build build = new Build()
    String exceptions

    def setup() {
        build.prepare { File workspace ->
            Archive.into(workspace)
            if (exceptions) new File(workspace, '.trivyignore.yaml').text = exceptions
        }
    }

    def 'J07: an image without findings passes, and its report is archived'() {
        when:
        run(IMAGE)

        then:
        build.result == 'SUCCESS'
        report('chat').contains('"ArtifactName":"build/chat.tar"')
        build.argv('trivy').every { it[0] == 'image' && it.containsAll(['--input', 'build/chat.tar']) }
    }

    @Unroll
    def 'J07: #severity #does the gate of #gate'() {
        given:
        build.answer('trivy image', findings: "CVE-2026-1 ${severity} openssl 3.0.1")

        when:
        String failure = failureOf("scanImage(archive: 'build/chat.tar', severity: '${gate}')")

        then:
        (failure != null) == (does == 'closes')

        where:
        severity   | gate       || does
        'CRITICAL' | 'CRITICAL' || 'closes'
        'HIGH'     | 'CRITICAL' || 'passes'
        'CRITICAL' | 'HIGH'     || 'closes'
        'HIGH'     | 'HIGH'     || 'closes'
        'MEDIUM'   | 'HIGH'     || 'passes'
    }

    def 'J07: the report holds all findings, those below the gate too, and is archived when the gate closes'() {
        given:
        build.answer('trivy image', findings: 'CVE-2026-1 CRITICAL openssl 3.0.1\nCVE-2026-2 LOW zlib 1.2')

        when:
        String failure = failureOf(IMAGE)

        then:
        failure == 'scan of chat: findings of CRITICAL or above, listed in build/trivy-chat.json. Next: mend them, or accept each in .trivyignore.yaml with reason and date'
        report('chat').contains('CVE-2026-1') && report('chat').contains('CVE-2026-2')
    }

    def 'J07: a folder is scanned for packages, secrets and misconfiguration'() {
        when:
        run("scanSource(folder: '.')")

        then:
        build.argv('trivy').every { it[0] == 'fs' && it.contains('vuln,secret,misconfig') && it.last() == '.' }
        report('source').contains('"ArtifactType":"filesystem"')
    }

    def 'J07: a finding with reason and date is accepted until that day, and not after'() {
        given:
        build.answer('trivy image', findings: 'CVE-2026-1 CRITICAL openssl 3.0.1')
        exceptions = "vulnerabilities:\n  - id: CVE-2026-1\n    statement: not reachable\n    expired_at: ${end}\n"

        expect:
        (failureOf(IMAGE) == null) == accepted

        where:
        end          || accepted
        '2999-12-31' || true
        '2001-01-01' || false
    }

    @Unroll
    def 'J07: refuses #what, and scans nothing'() {
        given:
        exceptions = text

        when:
        String failure = failureOf(IMAGE)

        then:
        failure == 'scan of chat: .trivyignore.yaml is refused, see the lines above; nothing was scanned'
        build.log.any { it.startsWith(said) }
        build.argv('trivy') == []

        where:
        what                             | text                                                                                 || said
        'an exception without an end'    | 'vulnerabilities:\n  - id: A\n    statement: why\n'                                  || '.trivyignore.yaml:2: exception without an end'
        'an exception without a reason'  | 'vulnerabilities:\n  - id: A\n    expired_at: 2999-12-31\n'                          || '.trivyignore.yaml:2: exception without a reason'
        'an empty reason'                | 'vulnerabilities:\n  - id: A\n    statement: ""\n    expired_at: 2999-12-31\n'       || '.trivyignore.yaml:3: not read'
        'a day that is none'             | 'vulnerabilities:\n  - id: A\n    statement: why\n    expired_at: never\n'           || '.trivyignore.yaml:4: not read'
        'the second of two'              | 'vulnerabilities:\n  - id: A\n    statement: why\n    expired_at: 2999-12-31\n  - id: B\n' || '.trivyignore.yaml:5: exception without'
        'one that is hidden in a list'   | 'vulnerabilities:\n  - id: A\n    statement: why\n    expired_at: 2999-12-31\n    paths:\n      - {id: B}\n' || '.trivyignore.yaml:6: not read'
        'one whose id comes later'       | 'vulnerabilities:\n  - statement: why\n    id: A\n'                                  || '.trivyignore.yaml:2: not read'
        'all on one line'                | 'vulnerabilities: [{id: A}]\n'                                                       || '.trivyignore.yaml:1: not read'
    }

    def 'J07: reads what Trivy documents: sections, comments, paths, packages'() {
        given:
        exceptions = '''\
            # reviewed every month
            vulnerabilities:
              - id: CVE-2026-1
                paths:
                  - "app/chat/package-lock.json"
                purls:
                  - pkg:npm/left-pad@1.0.0
                statement: "it's not called"
                expired_at: 2999-12-31

            misconfigurations:
              - id: AVD-1
                expired_at: 2999-12-31
                statement: why
            '''.stripIndent()

        expect:
        failureOf(IMAGE) == null
    }

    def 'a scan that failed is told apart from findings'() {
        given:
        build.answer('trivy image', exit: 1, err: 'FATAL no database')

        expect:
        failureOf(IMAGE) == 'scan of chat: Trivy failed with exit code 1; whether there are findings is not known'
    }

    def 'aborted or hung anywhere, it ends as that'() {
        expect:
        Interruptions.of { Build interrupted ->
            interrupted.prepare { File workspace -> Archive.into(workspace) }
            interrupted.run("node('slipway') { ${IMAGE} }")
        }.each { Interrupted interrupted -> assert interrupted.thrown instanceof FlowInterruptedException, interrupted } > 4
    }

    @Unroll
    def 'J19: refuses #call'() {
        expect:
        failureOf(call).contains(said)
        build.argv('trivy') == []

        where:
        call                                                       || said
        "scanImage(image: 'chat')"                                 || 'unknown argument scanImage.image; there are archive, name'
        "scanImage()"                                              || 'scanImage.archive is missing'
        "scanImage(archive: 'a.tar', severity: 'CRITCAL')"         || "scanImage.severity: 'CRITCAL' is none of LOW, MEDIUM, HIGH, CRITICAL; did you mean `CRITICAL`?"
        "scanSource(severity: 'NONE')"                             || "scanSource.severity: 'NONE' is none of LOW, MEDIUM, HIGH, CRITICAL"
    }

    private void run(String call) {
        build.run("node('slipway') { ${call} }")
    }

    private String failureOf(String call) {
        try {
            run(call)
            return null
        } catch (AbortException failure) {
            return failure.message
        }
    }

    private String report(String name) {
        new File(build.artifacts, "build/trivy-${name}.json").text
    }
}

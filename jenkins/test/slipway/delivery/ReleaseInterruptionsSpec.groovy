package slipway.delivery

import harness.Build
import harness.Interrupted
import harness.Interruptions
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import spock.lang.AutoCleanup
import spock.lang.Specification

/** A release that is aborted or hangs at any step from the lock on, with something to deploy and something to commit. */
class ReleaseInterruptionsSpec extends Specification {
    @AutoCleanup
    Project project = new Project()

    def 'ends the build, and either the new release runs and main names it, or neither'() {
        given:
        project.release()
        String before = project.running
        String cluster = Project.cluster(project.state).text
        project.scale(5)
        project.charts.push(['dist/lab/workloads/20-apps.yaml': 'stale'], false)
        String head = project.head

        when:
        int interruptions = Interruptions.of { Build build ->
            project.charts.git('update-ref', 'refs/heads/main', head)
            project.prepare(build)
            Project.cluster(build.outside.state).text = cluster
            build.run(Project.pipeline())
        }.from('lock').sparsely().each { Interrupted interrupted ->
            boolean isNew = Project.readRevisions(interrupted.build.outside.state).reverse().find { it.status == 'deployed' }.dist.contains('replicas: 5')
            assert interrupted.thrown instanceof FlowInterruptedException, interrupted
            assert isNew == (project.head != head), interrupted
            assert before.contains('replicas: 3')
        }

        then:
        interruptions > 30
    }
}

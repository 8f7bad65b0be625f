package slipway.delivery

import harness.Build
import spock.lang.AutoCleanup
import spock.lang.Specification

/** A project whose charts are to be released, and a build of it that does nothing else. */
abstract class ReleaseScenario extends Specification {
    @AutoCleanup
    Project project = new Project()
    @AutoCleanup
    Build build = project.build()

    /** Makes dist/ of main differ from what its charts render, so that there is something to commit and nothing to deploy. */
    protected String pinned() {
        project.charts.push(['dist/lab/workloads/20-apps.yaml': 'stale'], false)
    }

    /** What somebody does when this build has deployed, and before it pushes. */
    protected void beforePush(Closure action) {
        boolean isDone = false
        build.onStep('sh') { call, context ->
            if (isDone || !call.named.label.startsWith('push to ')) return
            isDone = true
            action.call()
        }
    }
}

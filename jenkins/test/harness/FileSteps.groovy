package harness

import com.cloudbees.groovy.cps.Outcome
import hudson.AbortException
import java.nio.file.NoSuchFileException

/**
 * Files of the workspace, stashes, artifacts.
 * Source: jenkins.io/doc/pipeline/steps: core (archiveArtifacts), ws-cleanup, workflow-basic-steps; `library` and `libraryResource`: jenkins.io/doc/book/pipeline/shared-libraries.
 */
class FileSteps {
    private final Build build

    FileSteps(Build build) {
        this.build = build
    }

    List<Step> getSteps() {
        [
            Step.of('dir', block: true, onNode: true, first: 'path', required: [path: String]) { Map given, StepCall call, Context context ->
                new Body(call.body, context.with(folder: file(context, given.path)))
            },
            Step.of('pwd', onNode: true, synchronous: true, optional: [tmp: boolean]) { Map given, StepCall call, Context context ->
                given.tmp ? "${context.workspace.path}@tmp".toString() : context.folder.path
            },
            Step.of('deleteDir', onNode: true) { Map given, StepCall call, Context context ->
                Folder.delete(context.folder)
            },
            Step.of('cleanWs', onNode: true,
                optional: [cleanWhenAborted: boolean, cleanWhenFailure: boolean, cleanWhenNotBuilt: boolean, cleanWhenSuccess: boolean, cleanWhenUnstable: boolean,
                    cleanupMatrixParent: boolean, deleteDirs: boolean, disableDeferredWipeout: boolean, externalDelete: String, notFailBuild: boolean, patterns: List,
                    skipWhenFailed: boolean]) { Map given, StepCall call, Context context ->
                Folder.empty(context.workspace)
            },
            Step.of('readFile', onNode: true, first: 'file', required: [file: String], optional: [encoding: String]) { Map given, StepCall call, Context context ->
                File file = file(context, given.file)
                if (!file.file) throw new NoSuchFileException(file.path)
                file.getText('UTF-8')
            },
            Step.of('writeFile', onNode: true, required: [file: String, text: String], optional: [encoding: String]) { Map given, StepCall call, Context context ->
                File file = file(context, given.file)
                file.parentFile.mkdirs()
                file.setText(given.text.toString(), 'UTF-8')
            },
            Step.of('fileExists', onNode: true, first: 'file', required: [file: String]) { Map given, StepCall call, Context context ->
                file(context, given.file).exists()
            },
            Step.of('stash', onNode: true, first: 'name', required: [name: String],
                optional: [includes: String, excludes: String, allowEmpty: boolean, useDefaultExcludes: boolean], this.&stash),
            Step.of('unstash', onNode: true, first: 'name', required: [name: String]) { Map given, StepCall call, Context context ->
                File stash = new File(build.newFolder('stashes'), given.name.toString())
                if (!stash.directory) throw new AbortException("No such saved stash ‘${given.name}’")
                Glob.copy(stash, Glob.files(stash, '**'), context.folder)
            },
            Step.of('archiveArtifacts', onNode: true, first: 'artifacts', required: [artifacts: String],
                optional: [allowEmptyArchive: boolean, caseSensitive: boolean, defaultExcludes: boolean, excludes: String, fingerprint: boolean, followSymlinks: boolean,
                    onlyIfSuccessful: boolean], this.&archive),
            Step.of('libraryResource', synchronous: true, first: 'resource', required: [resource: String], optional: [encoding: String]) { Map given, StepCall call, Context context ->
                build.library.resource(given.resource.toString())
            },
            Step.of('library', synchronous: true, first: 'identifier', required: [identifier: String], optional: [changelog: boolean, retriever: Object]) { Map given, StepCall call, Context context ->
                Library.check(given.identifier.toString())
            },
        ]
    }

    private static File file(Context context, Object path) {
        File file = new File(path.toString())
        file.absolute ? file : new File(context.folder, path.toString())
    }

    private Object stash(Map given, StepCall call, Context context) {
        List<String> files = Glob.files(context.folder, given.includes?.toString() ?: '**', given.excludes?.toString())
        if (files.empty && !given.allowEmpty) throw new AbortException("No files included in stash ‘${given.name}’")
        File stash = new File(build.newFolder('stashes'), given.name.toString())
        Folder.delete(stash)
        stash.mkdirs()
        Glob.copy(context.folder, files, stash)
        build.writeLog("Stashed ${files.size()} file(s)")
        null
    }

    private Object archive(Map given, StepCall call, Context context) {
        List<String> files = Glob.files(context.folder, given.artifacts.toString(), given.excludes?.toString())
        if (files.empty && !given.allowEmptyArchive) {
            throw new AbortException("No artifacts found that match the file pattern \"${given.artifacts}\". Configuration error?")
        }
        Glob.copy(context.folder, files, build.artifacts)
        files.each { build.canaries.check("the artifact ${it}", new File(context.folder, it).getText('ISO-8859-1')) }
        null
    }
}

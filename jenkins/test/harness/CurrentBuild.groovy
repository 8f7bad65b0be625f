package harness

import hudson.model.Result

/**
 * `currentBuild`. Its result only becomes worse.
 * Source: jenkinsci/workflow-support-plugin:…/support/steps/build/RunWrapper.java
 */
class CurrentBuild extends Global {
    private final Build build

    CurrentBuild(Build build) {
        this.build = build
    }

    @Override
    String called() {
        'currentBuild'
    }

    /** Null while nothing made it worse than a success. */
    String getResult() {
        build.outcome?.toString()
    }

    void setResult(String result) {
        build.worsen(Result.fromString(result))
    }

    String getCurrentResult() {
        result ?: 'SUCCESS'
    }

    boolean resultIsBetterOrEqualTo(String other) {
        !Result.fromString(currentResult).isWorseThan(Result.fromString(other))
    }

    boolean resultIsWorseOrEqualTo(String other) {
        !Result.fromString(other).isWorseThan(Result.fromString(currentResult))
    }

    String getDescription() {
        build.description
    }

    void setDescription(String description) {
        build.canaries.checkArgument('currentBuild.description', description)
        build.description = description
    }

    String getDisplayName() {
        build.displayName
    }

    void setDisplayName(String name) {
        build.displayName = name
    }

    int getNumber() {
        build.variables.BUILD_NUMBER as int
    }

    String getAbsoluteUrl() {
        build.variables.BUILD_URL
    }

    String getProjectName() {
        build.variables.JOB_NAME.tokenize('/').last()
    }

    String getFullProjectName() {
        build.variables.JOB_NAME
    }

    String getFullDisplayName() {
        "${build.variables.JOB_NAME.tokenize('/').join(' » ')} ${build.displayName}"
    }

    long getDuration() {
        0
    }

    String getDurationString() {
        '0 ms and counting'
    }

    /** Null for the first build. */
    PreviousBuild getPreviousBuild() {
        build.previousResult ? new PreviousBuild(build.previousResult) : null
    }

    /** @param kind a class name of a cause; without: all */
    List<Map> getBuildCauses(String kind = null) {
        build.causes.findAll { kind == null || it._class == kind }
    }

    List getChangeSets() {
        []
    }
}

/** The build before. */
class PreviousBuild implements Serializable {
    final String result

    PreviousBuild(String result) {
        this.result = result
    }

    String getCurrentResult() {
        result
    }
}

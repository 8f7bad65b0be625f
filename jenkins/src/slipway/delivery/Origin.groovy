package slipway.delivery

import com.cloudbees.groovy.cps.NonCPS

/** What a build was started for: a pull request, the branch that is delivered, or any other branch. */
class Origin implements Serializable {
    private final String branch
    private final String change
    /** Branch that a pull request wants to be merged into; empty elsewhere. */
    final String target

    /** @param variables what a multibranch job says: BRANCH_NAME, and CHANGE_ID and CHANGE_TARGET of a pull request */
    Origin(Map<String, String> variables) {
        branch = variables.BRANCH_NAME ?: ''
        change = variables.CHANGE_ID ?: ''
        target = variables.CHANGE_TARGET ?: ''
    }

    /** Whether the job says where its sources come from. Only multibranch jobs do. */
    @NonCPS
    boolean isKnown() {
        return branch != ''
    }

    @NonCPS
    boolean isProposal() {
        return change != ''
    }

    /** Whether this build may use credentials and change anything outside. A pull request may not, whatever its branch is called. */
    @NonCPS
    boolean isDelivered(String delivered) {
        return !isProposal() && branch == delivered
    }
}

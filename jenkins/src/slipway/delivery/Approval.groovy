package slipway.delivery

/** Asks a person, outside of every node and lock: nothing is held while nobody answers. */
class Approval implements Serializable {
    private final def steps
    /** Users and groups that may answer, separated by commas; empty: whoever may build the job. */
    private final String approvers
    private final int hours

    Approval(def steps, String approvers, int hours) {
        this.steps = steps
        this.approvers = approvers
        this.hours = hours
    }

    /** @return APPROVER and REASON. A refusal, a timeout and an abort end the build; so does an empty reason. */
    Map ask(String environment, String change) {
        Map answer = [:]
        steps.timeout(time: hours, unit: 'HOURS') {
            answer = steps.input(
                message: "Release to ${environment}? ${change}. What it does: diff-${environment}.txt among the artifacts of this build.",
                ok: 'Release',
                submitter: approvers,
                submitterParameter: 'APPROVER',
                parameters: [steps.string(name: 'REASON', description: 'Why now; it is kept in the commit.', trim: true)],
            )
        }
        if (!answer.REASON) steps.error("deliver: the release to ${environment} was approved by ${answer.APPROVER} without a reason; expected one, because the commit keeps it. Next: build again")
        return answer
    }
}

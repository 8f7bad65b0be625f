package hudson

/** As Jenkins' own: a step that failed for a reason which needs no stack trace. */
class AbortException extends IOException {
    AbortException(String message) {
        super(message)
    }
}

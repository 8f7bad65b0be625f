import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException

void swallow() {
    try { sh 'a' } catch (Exception failed) { echo failed.message } // finds: SwallowedAbort
    try { sh 'a' } catch (failed) { echo "$failed" } // finds: SwallowedAbort
    try { sh 'a' } catch (FlowInterruptedException stopped) { echo stopped.message } // finds: SwallowedAbort
    try { sh 'a' } catch (Throwable thrown) {
        echo 'restoring'
        throw thrown
    }
    try { sh 'a' } catch (FlowInterruptedException stopped) { throw stopped } catch (Exception failed) { echo failed.message }
    try { sh 'a' } catch (IllegalStateException odd) { throw odd } catch (Exception failed) { echo failed.message } // finds: SwallowedAbort
    try { sh 'a' } catch (hudson.AbortException failed) { echo failed.message }
    try { sh 'a' } catch (hudson.AbortException failed) { } // finds: EmptyCatchBlock
    catchError { sh 'a' } // finds: SwallowedAbort
    catchError(buildResult: 'FAILURE', catchInterruptions: true) { sh 'a' } // finds: SwallowedAbort
    warnError(message: 'a', catchInterruptions: false) { sh 'a' }
}

int ends() {
    try { sh 'a' } finally { return 1 } // finds: ReturnFromFinallyBlock
}

void fails() {
    try { sh 'a' } finally { throw new IllegalStateException('b') } // finds: ThrowExceptionFromFinallyBlock
}

void forgets() {
    throw IllegalStateException('b') // finds: MissingNewInThrowStatement
}

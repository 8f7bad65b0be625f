package gates.codenarc

import org.codehaus.groovy.ast.CodeVisitorSupport
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.stmt.CatchStatement
import org.codehaus.groovy.ast.stmt.ThrowStatement
import org.codehaus.groovy.ast.stmt.TryCatchStatement
import org.codenarc.rule.AbstractAstVisitor
import org.codenarc.rule.AbstractAstVisitorRule

/**
 * Whoever catches what an abort or a timeout is (FlowInterruptedException, or any of its parents) throws again, there or in a catch before:
 * otherwise the build goes on after somebody stopped it. `catchError` and `warnError` take aborts for failures unless they are told not to.
 */
class SwallowedAbortRule extends AbstractAstVisitorRule {
    String name = 'SwallowedAbort'
    int priority = 1
    Class astVisitorClass = SwallowedAbortVisitor
}

class SwallowedAbortVisitor extends AbstractAstVisitor {
    /** `Object` is a catch without a type. */
    private static final List<String> BROAD = ['Object', 'Throwable', 'Exception', 'InterruptedException', 'FlowInterruptedException']

    @Override
    void visitTryCatchFinally(TryCatchStatement statement) {
        boolean passedOn = false
        statement.catchStatements.each { CatchStatement caught ->
            String type = caught.exceptionType.nameWithoutPackage
            if (type in BROAD && !passedOn && !throwsAgain(caught)) addViolation(caught, "${type} may be an abort; throw it again")
            passedOn = passedOn || (type == 'FlowInterruptedException' && throwsAgain(caught))
        }
        super.visitTryCatchFinally(statement)
    }

    @Override
    void visitMethodCallExpression(MethodCallExpression call) {
        if (call.methodAsString in ['catchError', 'warnError'] && !call.arguments.text.contains('catchInterruptions:false')) {
            addViolation(call, "${call.methodAsString} swallows aborts; give catchInterruptions: false")
        }
        super.visitMethodCallExpression(call)
    }

    private static boolean throwsAgain(CatchStatement caught) {
        boolean found = false
        caught.code.visit(new CodeVisitorSupport() {
            @Override
            void visitThrowStatement(ThrowStatement statement) {
                found = true
            }
        })
        found
    }
}

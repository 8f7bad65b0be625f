package gates.codenarc

import org.codehaus.groovy.ast.expr.BinaryExpression
import org.codehaus.groovy.ast.expr.ConstantExpression
import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.GStringExpression
import org.codehaus.groovy.ast.expr.MapEntryExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.expr.NamedArgumentListExpression
import org.codehaus.groovy.ast.expr.TupleExpression
import org.codenarc.rule.AbstractAstVisitor
import org.codenarc.rule.AbstractAstVisitorRule

/** Shell is written once, and values reach it as environment variables: nothing is put into the text of `sh`. */
class InterpolatedShellRule extends AbstractAstVisitorRule {
    String name = 'InterpolatedShell'
    int priority = 1
    Class astVisitorClass = InterpolatedShellVisitor
}

class InterpolatedShellVisitor extends AbstractAstVisitor {
    private static final List<String> SHELLS = ['sh', 'bat', 'powershell', 'pwsh']

    @Override
    void visitMethodCallExpression(MethodCallExpression call) {
        if (call.methodAsString in SHELLS) {
            scripts(call).findAll { isMade(it) }.each { addViolation(it, "${call.methodAsString}: a value in the text of a script; pass it by withEnv") }
        }
        super.visitMethodCallExpression(call)
    }

    private static List<Expression> scripts(MethodCallExpression call) {
        (call.arguments as TupleExpression).expressions.collectMany { Expression argument ->
            argument instanceof NamedArgumentListExpression || argument.respondsTo('getMapEntryExpressions')
                ? (argument.mapEntryExpressions as List<MapEntryExpression>).findAll { it.keyExpression.text == 'script' }*.valueExpression
                : [argument]
        }
    }

    /** A GString, or constants that something else is added to. */
    private static boolean isMade(Expression script) {
        if (script instanceof GStringExpression) return true
        if (!(script instanceof BinaryExpression) || script.operation.text != '+') return false
        [script.leftExpression, script.rightExpression].any { !(it instanceof ConstantExpression) && (isMade(it) || !(it instanceof BinaryExpression)) }
    }
}

package harness.declarative

import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.ConstantExpression
import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.MapEntryExpression
import org.codehaus.groovy.ast.expr.MapExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.expr.TupleExpression
import org.codehaus.groovy.ast.expr.VariableExpression
import org.codehaus.groovy.ast.stmt.BlockStatement
import org.codehaus.groovy.ast.stmt.ExpressionStatement
import org.codehaus.groovy.ast.stmt.Statement

/** The shapes that declarative syntax is made of. Each gives null where the node has another shape. */
class Syntax {
    static MethodCallExpression call(Statement statement) {
        Expression expression = statement instanceof ExpressionStatement ? statement.expression : null
        expression instanceof MethodCallExpression ? expression : null
    }

    /** `name {…}` or `name(…) {…}` */
    static ClosureExpression block(MethodCallExpression call) {
        List<Expression> all = arguments(call)
        all && all.last() instanceof ClosureExpression ? all.last() as ClosureExpression : null
    }

    static List<Expression> arguments(MethodCallExpression call) {
        (call.arguments as TupleExpression).expressions
    }

    /** Named and positional arguments without the block. */
    static List<Expression> values(MethodCallExpression call) {
        List<Expression> all = arguments(call)
        block(call) ? all.init() : all
    }

    static List<MapEntryExpression> named(MethodCallExpression call) {
        (values(call).findAll { it instanceof MapExpression } as List<MapExpression>)*.mapEntryExpressions.flatten() as List<MapEntryExpression>
    }

    static List<Expression> positional(MethodCallExpression call) {
        values(call).findAll { !(it instanceof MapExpression) }
    }

    static List<Statement> statements(ClosureExpression closure) {
        closure.code instanceof BlockStatement ? (closure.code as BlockStatement).statements : [closure.code]
    }

    /** A quoted string without `${}`, or a bare word. */
    static String word(Expression expression) {
        if (expression instanceof VariableExpression) return expression.name
        expression instanceof ConstantExpression && expression.value instanceof String ? expression.value as String : null
    }

    static boolean ofScript(MethodCallExpression call) {
        call.objectExpression instanceof VariableExpression && (call.objectExpression as VariableExpression).thisExpression
    }

    /** What is called on the script itself. A call on an object is refused, and has the name `error`. */
    static String name(Source source, MethodCallExpression call) {
        if (ofScript(call) && call.methodAsString) return call.methodAsString
        source.refuse(call, call.objectExpression instanceof VariableExpression && !ofScript(call) ?
            'Method calls on objects not allowed outside "script" blocks.' : 'Expected a symbol')
        'error'
    }
}

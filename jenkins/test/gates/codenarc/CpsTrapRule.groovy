package gates.codenarc

import com.cloudbees.groovy.cps.CpsDefaultGroovyMethods
import org.codehaus.groovy.ast.MethodNode
import org.codehaus.groovy.ast.expr.ArgumentListExpression
import org.codehaus.groovy.ast.expr.BinaryExpression
import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.DeclarationExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.expr.PropertyExpression
import org.codehaus.groovy.ast.expr.SpreadExpression
import org.codehaus.groovy.ast.expr.SpreadMapExpression
import org.codehaus.groovy.runtime.DefaultGroovyMethods
import org.codehaus.groovy.runtime.StringGroovyMethods
import org.codenarc.rule.AbstractAstVisitor
import org.codenarc.rule.AbstractAstVisitorRule

/**
 * What the interpreter of pipelines cannot call, refuses to compile, or (the one that the specs run on) gives a wrong value for.
 * In methods with @NonCPS all of it is fine. ForbiddenCallInCpsMethod knows fewer methods, and none on a receiver without a type.
 */
class CpsTrapRule extends AbstractAstVisitorRule {
    String name = 'CpsTrap'
    int priority = 1
    Class astVisitorClass = CpsTrapVisitor
}

class CpsTrapVisitor extends AbstractAstVisitor {
    /**
     * Methods that call a closure from Java, so that it cannot suspend: "expected to call … but wound up catching …". Groovy's own, but for
     * those that the interpreter brings again, and Java's.
     */
    private static final Set<String> NOT_CONTINUABLE =
        ([DefaultGroovyMethods, StringGroovyMethods].collectMany { it.methods.findAll { Closure in it.parameterTypes }*.name }
            - CpsDefaultGroovyMethods.methods*.name
            + ['computeIfAbsent', 'computeIfPresent', 'forEach', 'removeIf', 'stream']) as Set<String>

    @Override
    protected boolean shouldVisitMethod(MethodNode node) {
        !node.annotations*.classNode*.nameWithoutPackage.contains('NonCPS')
    }

    @Override
    void visitMethodCallExpression(MethodCallExpression call) {
        if (call.spreadSafe) addViolation(call, '`*.` does not compile in a pipeline; use collect')
        boolean closure = call.arguments instanceof ArgumentListExpression && call.arguments.expressions.any { it instanceof ClosureExpression }
        if (call.methodAsString in NOT_CONTINUABLE && (closure || call.methodAsString in ['sort', 'stream', 'toSorted', 'unique'])) {
            addViolation(call, "${call.methodAsString} is not continued by the interpreter; move it to a method with @NonCPS")
        }
        super.visitMethodCallExpression(call)
    }

    @Override
    void visitPropertyExpression(PropertyExpression property) {
        if (property.spreadSafe) addViolation(property, '`*.` does not compile in a pipeline; use collect')
        super.visitPropertyExpression(property)
    }

    @Override
    void visitBinaryExpression(BinaryExpression binary) {
        if (binary.operation.text == '=' && isAssignment(binary.rightExpression)) addViolation(binary, 'a chained assignment leaves null; assign twice')
        super.visitBinaryExpression(binary)
    }

    @Override
    void visitDeclarationExpression(DeclarationExpression declaration) {
        if (isAssignment(declaration.rightExpression)) addViolation(declaration, 'a chained assignment leaves null; assign twice')
        super.visitDeclarationExpression(declaration)
    }

    @Override
    void visitSpreadExpression(SpreadExpression spread) {
        addViolation(spread, 'spread is not continued by the interpreter; add lists')
    }

    @Override
    void visitSpreadMapExpression(SpreadMapExpression spread) {
        addViolation(spread, 'spread is not continued by the interpreter; add maps')
    }

    private static boolean isAssignment(Object expression) {
        expression instanceof BinaryExpression && expression.operation.text == '='
    }
}

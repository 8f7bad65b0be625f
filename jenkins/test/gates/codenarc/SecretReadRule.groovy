package gates.codenarc

import org.codehaus.groovy.ast.CodeVisitorSupport
import org.codehaus.groovy.ast.ClassNode
import org.codehaus.groovy.ast.expr.BinaryExpression
import org.codehaus.groovy.ast.expr.ConstantExpression
import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.MapEntryExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.expr.PropertyExpression
import org.codehaus.groovy.ast.expr.VariableExpression
import org.codenarc.rule.AbstractAstVisitor
import org.codenarc.rule.AbstractAstVisitorRule

/**
 * What a credential binds is read by a process, never by Groovy: a GString that holds it ends in argv, logs and the program's saved state.
 * Names are taken from the `…Variable` entries of bindings and from `X = credentials('…')` of the same file.
 */
class SecretReadRule extends AbstractAstVisitorRule {
    String name = 'SecretRead'
    int priority = 1
    Class astVisitorClass = SecretReadVisitor
}

class SecretReadVisitor extends AbstractAstVisitor {
    /** What the AWS binding is called where nobody names it. */
    private static final List<String> ALWAYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']

    private final Set<String> secrets = new HashSet<>(ALWAYS)

    @Override
    protected void visitClassEx(ClassNode node) {
        node.module.classes*.methods.flatten().each { it.code?.visit(new Bindings(secrets)) }
        node.module.statementBlock?.visit(new Bindings(secrets))
    }

    @Override
    void visitVariableExpression(VariableExpression variable) {
        if (variable.name in secrets) report(variable, variable.name)
    }

    @Override
    void visitPropertyExpression(PropertyExpression property) {
        if (property.propertyAsString in secrets) report(property, property.propertyAsString)
        super.visitPropertyExpression(property)
    }

    @Override
    void visitBinaryExpression(BinaryExpression binary) {
        if (Bindings.isBinding(binary)) return
        if (binary.operation.text == '[' && constant(binary.rightExpression) in secrets) report(binary, constant(binary.rightExpression))
        super.visitBinaryExpression(binary)
    }

    private void report(Expression where, String name) {
        addViolation(where, "${name} is bound by a credential; leave it to the script's environment")
    }

    private static String constant(Expression expression) {
        expression instanceof ConstantExpression ? expression.value?.toString() : null
    }

    private static class Bindings extends CodeVisitorSupport {
        private final Set<String> names

        Bindings(Set<String> names) {
            this.names = names
        }

        static boolean isBinding(BinaryExpression binary) {
            binary.operation.text == '=' && binary.leftExpression instanceof VariableExpression &&
                binary.rightExpression instanceof MethodCallExpression && binary.rightExpression.methodAsString == 'credentials'
        }

        @Override
        void visitMapEntryExpression(MapEntryExpression entry) {
            if (constant(entry.keyExpression) ==~ /variable|\w+Variable/ && constant(entry.valueExpression)) names << constant(entry.valueExpression)
            super.visitMapEntryExpression(entry)
        }

        @Override
        void visitBinaryExpression(BinaryExpression binary) {
            if (isBinding(binary)) {
                String name = binary.leftExpression.name
                names.addAll([name, "${name}_USR".toString(), "${name}_PSW".toString()])
            }
            super.visitBinaryExpression(binary)
        }
    }
}

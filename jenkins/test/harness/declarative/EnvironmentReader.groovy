package harness.declarative

import org.codehaus.groovy.ast.CodeVisitorSupport
import org.codehaus.groovy.ast.expr.BinaryExpression
import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.ConstantExpression
import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.GStringExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.expr.PropertyExpression
import org.codehaus.groovy.ast.expr.VariableExpression
import org.codehaus.groovy.ast.stmt.ExpressionStatement
import org.codehaus.groovy.ast.stmt.Statement
import org.codehaus.groovy.syntax.Types

/** `environment`: variables, and credentials by `credentials('id')`. Rules and wording: ModelParser.groovy at 6326167, ModelValidatorImpl.groovy at e9a46ce. */
class EnvironmentReader {
    private final Source source

    EnvironmentReader(Source source) {
        this.source = source
    }

    /** @return `[values: [[name: …, value: {…}]], credentials: …]`, as pipeline code */
    String read(MethodCallExpression call) {
        ClosureExpression block = Syntax.block(call)
        if (!block) {
            source.refuse(call, 'Expected a block for environment')
            return 'null'
        }
        Map<String, Expression> variables = [:]
        Syntax.statements(block).each { variable(it, variables) }
        if (!variables) source.refuse(call, 'No variables specified for environment')
        refuseForwardReferences(variables)
        Closure isCredential = { String name, Expression value -> value instanceof MethodCallExpression && value.methodAsString == 'credentials' }
        Map<String, Expression> credentials = variables.findAll(isCredential)
        String values = closures(variables - credentials) { source.of(it) }
        "[values: ${values}, credentials: ${closures(credentials) { MethodCallExpression id -> source.of(Syntax.arguments(id)[0]) }}]"
    }

    private void variable(Statement statement, Map<String, Expression> variables) {
        Expression expression = statement instanceof ExpressionStatement ? statement.expression : null
        if (!(expression instanceof BinaryExpression) || expression.operation.type != Types.EQUAL) {
            String written = source.of(statement)
            if (written.contains('=')) refuseName(statement, written.tokenize('=')[0].trim())
            else source.refuse(statement, "\"${written}\" is not a valid environment expression. Use \"key = value\" pairs with valid Java/shell keys.")
            source.refuse(statement, 'Expected name=value pairs')
            return
        }
        String name = Syntax.word(expression.leftExpression) ?: source.of(expression.leftExpression)
        if (!(name ==~ /[a-zA-Z_]+[a-zA-Z0-9_]*/)) refuseName(statement, name)
        if (variables.containsKey(name)) source.refuse(statement, "Duplicate environment variable name: \"${name}\"")
        value(expression.rightExpression)
        variables[name] = expression.rightExpression
    }

    private void refuseName(Statement statement, String name) {
        source.refuse(statement, "\"${name}\" is not a valid identifier and cannot be used for an environment variable. " +
            'Identifiers must start with a letter or underscore and can contain only letters, numbers or underscores.')
    }

    private void value(Expression value) {
        if (value instanceof MethodCallExpression) {
            if (value.methodAsString != 'credentials') return
            List<Expression> ids = Syntax.arguments(value)
            if (ids.size() != 1 || !quoted(ids[0])) source.refuse(value, 'Internal function call parameters must be strings.')
        } else if (value instanceof BinaryExpression) {
            joined(value)
        } else if (!quoted(value)) {
            source.refuse(value, 'Environment variable values must either be single quoted, double quoted, or function calls.')
        }
    }

    private void joined(BinaryExpression value) {
        if (value.operation.type != Types.PLUS) source.refuse(value, 'Environment variable values can only be joined together with ‘+’s.')
        [value.leftExpression, value.rightExpression].each {
            if (it instanceof BinaryExpression) joined(it)
            else if (!quoted(it)) source.refuse(it, 'Environment variable values to be concatenated together must be single or double quoted.')
        }
    }

    private static boolean quoted(Expression value) {
        value instanceof GStringExpression || value instanceof ConstantExpression
    }

    /** Jenkins resolves the variables of one block in any order; here each sees those above it. */
    private void refuseForwardReferences(Map<String, Expression> variables) {
        List<String> names = variables.keySet().toList()
        variables.eachWithIndex { String name, Expression value, int index ->
            value.visit(new References({ String used, Expression where ->
                if (names.indexOf(used) > index) source.refuse(where, Vocabulary.notModelled("that ${name} uses ${used}, which is defined below,"))
            }))
        }
    }

    private static String closures(Map<String, Expression> values, Closure<String> written) {
        "[${values.collect { String name, Expression value -> "[name: '${name}', value: { -> ${written(value)} }]" }.join(', ')}]"
    }

    /** Tells of `NAME` and of `env.NAME`. */
    private static class References extends CodeVisitorSupport {
        private final Closure found

        References(Closure found) {
            this.found = found
        }

        @Override
        void visitVariableExpression(VariableExpression variable) {
            found(variable.name, variable)
        }

        @Override
        void visitPropertyExpression(PropertyExpression property) {
            if (Syntax.word(property.objectExpression) == 'env') found(property.propertyAsString, property)
            super.visitPropertyExpression(property)
        }
    }
}

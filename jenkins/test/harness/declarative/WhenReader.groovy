package harness.declarative

import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.ConstantExpression
import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.stmt.Statement

/** `when`: conditions, and before what they are asked. Rules and wording: ModelParser.groovy at 6326167, ModelValidatorImpl.groovy at e9a46ce. */
class WhenReader {
    private static final List<String> BEFORE = ['beforeAgent', 'beforeInput', 'beforeOptions']

    private final Source source

    WhenReader(Source source) {
        this.source = source
    }

    /** @return `[beforeAgent: …, conditions: […]]`, as pipeline code */
    String read(MethodCallExpression call) {
        ClosureExpression block = Syntax.block(call)
        if (!block) {
            source.refuse(call, 'Expected a when condition')
            return 'null'
        }
        Map<String, Boolean> before = [:]
        List<Statement> conditions = Syntax.statements(block).findAll { !isBefore(it, before) }
        if (!conditions) source.refuse(call, 'Empty when closure, remove the property or add some content.')
        List<String> parts = before.collect { name, value -> "${name}: ${value}".toString() }
        "[${(parts + "conditions: ${all(conditions)}").join(', ')}]"
    }

    private boolean isBefore(Statement statement, Map<String, Boolean> before) {
        MethodCallExpression call = Syntax.call(statement)
        if (!call || !(call.methodAsString in BEFORE)) return false
        before[call.methodAsString] = truth(source, call)
        true
    }

    static boolean truth(Source source, MethodCallExpression call) {
        List<Expression> all = Syntax.arguments(call)
        Object value = all.size() == 1 && all[0] instanceof ConstantExpression ? (all[0] as ConstantExpression).value : null
        if (!(value instanceof Boolean)) source.refuse(call, "Expected a boolean with ${call.methodAsString}")
        value as boolean
    }

    private String all(List<Statement> statements) {
        "[${statements.collect { condition(it) }.join(', ')}]"
    }

    private String condition(Statement statement) {
        MethodCallExpression call = Syntax.call(statement)
        if (!call) {
            source.refuse(statement, 'Expected a when condition')
            return 'null'
        }
        String name = Syntax.name(source, call)
        ClosureExpression block = Syntax.block(call)
        if (name == 'expression') {
            if (!block) source.refuse(statement, 'When step without a block')
            return "[name: 'expression', expression: ${source.of(block ?: call)}]"
        }
        if (Vocabulary.NESTED.containsKey(name)) return nested(name, call, block)
        if (!(name in Vocabulary.ALL_CONDITIONS)) {
            source.refuse(statement, "Unknown conditional ${name}. Valid conditionals are: ${Vocabulary.ALL_CONDITIONS.join(', ')}")
        } else if (!Vocabulary.CONDITIONS[name]) {
            source.refuse(statement, Vocabulary.notModelled("condition ${name}"))
        } else if (block) {
            source.refuse(statement, "No children when conditions are allowed for when condition \"${name}\".")
        } else {
            Vocabulary.CONDITIONS[name].check(source, name, call)
        }
        new Described(source).code(name, call)
    }

    private String nested(String name, MethodCallExpression call, ClosureExpression block) {
        List<Statement> children = block ? Syntax.statements(block) : []
        int wanted = Vocabulary.NESTED[name]
        if (Syntax.values(call)) source.refuse(call, "No additional arguments are allowed for children when condition \"${name}\".")
        else if (!wanted && !children) source.refuse(call, "Nested when condition \"${name}\" requires at least one child condition.")
        else if (wanted && children.size() != wanted) {
            source.refuse(call, "Nested when condition \"${name}\" requires exactly ${wanted} child condition(s).")
        }
        "[name: '${name}', conditions: ${all(children)}]"
    }
}

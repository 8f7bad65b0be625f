package harness.declarative

import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.stmt.Statement

/** `input` of a stage. Wording: Messages.properties at eeb92e4. */
class InputReader {
    private static final List<String> FIELDS = ['id', 'message', 'ok', 'parameters', 'submitter', 'submitterParameter']

    private final Source source

    InputReader(Source source) {
        this.source = source
    }

    /** @return `[arguments: {…}, parameters: […]]`, as pipeline code: what the step `input` gets, and names of parameters */
    String read(MethodCallExpression call) {
        ClosureExpression block = Syntax.block(call)
        if (!block) {
            source.refuse(call, 'Expected a block for input')
            return 'null'
        }
        Map<String, MethodCallExpression> fields = [:]
        Syntax.statements(block).each { field(it, fields) }
        if (!fields.message) source.refuse(call, 'No message specified for input')
        List<String> arguments = (fields - fields.findAll { it.key == 'parameters' }).collect { name, value ->
            "${name}: ${source.of(Syntax.arguments(value)[0])}".toString()
        }
        List<MethodCallExpression> parameters = fields.parameters ? parameters(fields.parameters) : []
        if (parameters) arguments << "parameters: [${parameters.collect { source.of(it) }.join(', ')}]".toString()
        List<String> names = parameters.collect { source.of(Syntax.named(it).find { Syntax.word(it.keyExpression) == 'name' }.valueExpression) }
        "[arguments: { -> [${arguments.join(', ')}] }, parameters: ${names}]"
    }

    private void field(Statement statement, Map<String, MethodCallExpression> fields) {
        MethodCallExpression call = Syntax.call(statement)
        if (!call) {
            source.refuse(statement, "Not a valid section definition: \"${source.of(statement)}\". Some extra configuration is required.")
            return
        }
        String name = Syntax.name(source, call)
        List<Expression> all = Syntax.arguments(call)
        if (fields.containsKey(name)) source.refuse(call, "Multiple occurrences of the ${name} section")
        if (all.size() != 1) source.refuse(call, "${all ? 'Too many arguments' : 'No argument'} for field \"${name}\"")
        else if (!(name in FIELDS)) source.refuse(call, "Not a valid field for input: \"${name}\"")
        else fields[name] = call
    }

    private List<MethodCallExpression> parameters(MethodCallExpression section) {
        new OptionsReader(source).parameters(section)
        Syntax.block(section) ? Syntax.statements(Syntax.block(section)).collect { Syntax.call(it) } : []
    }
}

package harness.declarative

import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.ConstantExpression
import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.GStringExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.stmt.Statement

/** `agent`: none, any, or a node with a label. Wording: Messages.properties at eeb92e4. */
class AgentReader {
    private static final List<String> NODE = ['label', 'customWorkspace']

    private final Source source

    AgentReader(Source source) {
        this.source = source
    }

    /** @return `[type: …, label: {…}]`, as pipeline code */
    String read(MethodCallExpression call) {
        ClosureExpression block = Syntax.block(call)
        block ? inBlock(block) : bare(call)
    }

    private String bare(MethodCallExpression call) {
        List<Expression> all = Syntax.arguments(call)
        if (!all) source.refuse(call, 'No argument for agent')
        String type = all.size() == 1 ? Syntax.word(all[0]) : null
        if (all && !(type in ['any', 'none'])) source.refuse(call, 'Only "agent none", "agent any" or "agent {...}" are allowed.')
        "[type: '${type}']"
    }

    private String inBlock(ClosureExpression block) {
        List<Statement> statements = Syntax.statements(block)
        if (statements.size() > 1) source.refuse(block, 'Only one agent type is allowed per agent section')
        MethodCallExpression type = statements ? Syntax.call(statements[0]) : null
        if (!type) {
            source.refuse(block, 'Expected an agent')
            return 'null'
        }
        String name = Syntax.name(source, type)
        if (name == 'label') return label(type)
        if (name == 'node') return node(type)
        source.refuse(type, name in Vocabulary.AGENTS ? Vocabulary.notModelled("agent ${name}") :
            "Invalid agent type \"${name}\" specified. Must be one of ${Vocabulary.AGENTS}")
        'null'
    }

    private String label(MethodCallExpression call) {
        List<Expression> all = Syntax.arguments(call)
        if (all.size() != 1 || !(all[0] instanceof ConstantExpression || all[0] instanceof GStringExpression)) {
            source.refuse(call, all ? 'Too many arguments for map key "label"' : 'No argument for map key "label"')
            return 'null'
        }
        "[type: 'label', label: { -> ${source.of(all[0])} }]"
    }

    private String node(MethodCallExpression call) {
        ClosureExpression block = Syntax.block(call)
        List<MethodCallExpression> entries = block ? Syntax.statements(block).collect { Syntax.call(it) } : [null]
        if (entries.any { it == null }) {
            source.refuse(call, 'Expected to find ‘someKey "someValue"’')
            return 'null'
        }
        entries.findAll { !(it.methodAsString in NODE) }.each {
            source.refuse(it, "Invalid config option \"${it.methodAsString}\" for agent type \"node\". Valid config options are ${NODE}")
        }
        if (entries.any { it.methodAsString == 'customWorkspace' }) source.refuse(call, Vocabulary.notModelled('customWorkspace'))
        MethodCallExpression named = entries.find { it.methodAsString == 'label' }
        if (!named) source.refuse(call, 'Missing required parameter for agent type "node": label')
        named ? label(named) : 'null'
    }
}

package harness.declarative

import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.stmt.Statement

/** Steps of a stage or of a post condition: nothing but steps, unless in `script`. Wording: Messages.properties at eeb92e4 and validator/Messages.properties at a2dd51b. */
class StepsReader {
    private static final Map<String, String> BLOCKED = [
        stage: 'The stage step cannot be used in Declarative Pipelines',
        properties: 'The properties step cannot be used in Declarative Pipelines',
        parallel: 'The parallel step can only be used as the only top-level step in a stage\'s step block',
    ]

    private final Source source

    StepsReader(Source source) {
        this.source = source
    }

    /** @return the block as pipeline code */
    String read(ClosureExpression block) {
        List<Statement> statements = Syntax.statements(block)
        if (!statements) source.refuse(block, 'No steps specified for branch')
        statements.each { step(it) }
        source.of(block)
    }

    private void step(Statement statement) {
        MethodCallExpression call = Syntax.call(statement)
        if (!call) {
            source.refuse(statement, 'Expected a step')
            return
        }
        String name = Syntax.name(source, call)
        ClosureExpression block = Syntax.block(call)
        if (name == 'script') {
            if (!block) source.refuse(statement, 'Script step without a block')
            return
        }
        if (name == 'pipeline') source.refuse(statement, 'pipeline block must be at the top-level, not within another block.')
        if (BLOCKED[name]) source.refuse(statement, "Invalid step \"${name}\" used - not allowed in this context - ${BLOCKED[name]}")
        if (block) Syntax.statements(block).each { step(it) }
    }
}

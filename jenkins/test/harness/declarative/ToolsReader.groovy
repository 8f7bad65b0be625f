package harness.declarative

import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.stmt.Statement

/** `tools`. The agent's image has the tools: no installation is configured, so that each is refused, as Jenkins does. Wording: Messages.properties at eeb92e4. */
class ToolsReader {
    private final Source source

    ToolsReader(Source source) {
        this.source = source
    }

    String read(MethodCallExpression call) {
        ClosureExpression block = Syntax.block(call)
        if (!block) source.refuse(call, 'Expected a block for tools')
        else if (!Syntax.statements(block)) source.refuse(call, 'No tools specified')
        else Syntax.statements(block).each { tool(it) }
        'null'
    }

    private void tool(Statement statement) {
        MethodCallExpression call = Syntax.call(statement)
        if (!call) {
            source.refuse(statement, 'Expected to find ‘someTool "someVersion"’')
            return
        }
        String name = Syntax.name(source, call)
        List<Expression> all = Syntax.arguments(call)
        if (all.size() != 1) source.refuse(call, "${all ? 'Too many arguments' : 'No argument'} for tool \"${name}\"")
        else if (!(name in Vocabulary.TOOLS)) source.refuse(call, "Invalid tool type \"${name}\". Valid tool types: ${Vocabulary.TOOLS}")
        else source.refuse(call, "Tool type \"${name}\" does not have an install of \"${Syntax.word(all[0])}\" configured - did you mean \"null\"?")
    }
}

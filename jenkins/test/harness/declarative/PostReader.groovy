package harness.declarative

import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.stmt.Statement

/** `post`: steps by condition. */
class PostReader {
    private final Source source

    PostReader(Source source) {
        this.source = source
    }

    /** @return a map of closures by condition, as pipeline code */
    String read(MethodCallExpression call) {
        ClosureExpression block = Syntax.block(call)
        if (!block) {
            source.refuse(call, 'Expected a block')
            return 'null'
        }
        Map<String, String> conditions = [:]
        Syntax.statements(block).each { condition(it, conditions) }
        if (!conditions) source.refuse(call, 'post can not be empty')
        "[${conditions.collect { name, steps -> "${name}: ${steps}" }.join(', ') ?: ':'}]"
    }

    private void condition(Statement statement, Map<String, String> conditions) {
        MethodCallExpression call = Syntax.call(statement)
        ClosureExpression steps = call ? Syntax.block(call) : null
        if (!steps) {
            source.refuse(statement, 'The ‘post’ section can only contain build condition names with code blocks. ' +
                "Valid condition names are ${Vocabulary.POST}")
            return
        }
        String name = Syntax.name(source, call)
        if (!(name in Vocabulary.POST)) source.refuse(statement, "Invalid condition \"${name}\" - valid conditions are ${Vocabulary.POST}")
        if (conditions.containsKey(name)) source.refuse(statement, "Duplicate build condition name: \"${name}\"")
        conditions[name] = new StepsReader(source).read(steps)
    }
}

package harness.declarative

import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.MapEntryExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression

/** Calls written as data: an option `timeout(time: 1)` is `[name: 'timeout', arguments: [[time: 1]]]`. */
class Described {
    private final Source source

    Described(Source source) {
        this.source = source
    }

    /** Read before the build: symbols in arguments (`logRotator(…)`) are data, too. @return pipeline code */
    String data(String name, MethodCallExpression call) {
        "[name: ${name.inspect()}, arguments: ${arguments(call) { symbol(it) }}]"
    }

    /** Read when it applies: arguments are what the pipeline's code gives there. @return pipeline code */
    String code(String name, MethodCallExpression call) {
        "[name: ${name.inspect()}, arguments: { -> ${arguments(call) { source.of(it) }} }]"
    }

    private String arguments(MethodCallExpression call, Closure<String> written) {
        List<String> named = Syntax.named(call).collect { MapEntryExpression entry ->
            "${Syntax.word(entry.keyExpression)}: ${written(entry.valueExpression)}".toString()
        }
        List<String> all = named ? ["[${named.join(', ')}]".toString()] : []
        "[${(all + Syntax.positional(call).collect { written(it) }).join(', ')}]"
    }

    private String symbol(Expression value) {
        value instanceof MethodCallExpression && Syntax.ofScript(value) ? data(value.methodAsString, value) : source.of(value)
    }
}

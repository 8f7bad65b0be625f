package harness.declarative

import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.ConstantExpression
import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.MapEntryExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression

/**
 * What an option, trigger, parameter or condition accepts.
 * Rules and wording: jenkinsci/pipeline-model-definition-plugin: ModelValidatorImpl.groovy at e9a46ce, Messages.properties at eeb92e4.
 */
class Signature {
    /** Types by name; null: any. */
    final Map<String, Class> required
    final Map<String, Class> optional
    /** The one whose value may stand without its name, or null. */
    private final String first

    Signature(Map<String, Class> required = [:], Map<String, Class> optional = [:], String first = null) {
        this.required = required
        this.optional = optional
        this.first = first ?: sole(required ?: optional)
    }

    private static String sole(Map<String, Class> parameters) {
        parameters.size() == 1 ? parameters.keySet()[0] : null
    }

    /** Refuses what Jenkins refuses. */
    void check(Source source, String name, MethodCallExpression call) {
        List<MapEntryExpression> named = Syntax.named(call)
        List<Expression> positional = Syntax.positional(call)
        if (named && positional) source.refuse(call, 'Cannot mix named and unnamed arguments')
        else if (positional.size() > 1) source.refuse(call, "Arguments to \"${name}\" must be explicitly named.")
        else if (positional) checkSole(source, name, call, positional[0])
        else checkNamed(source, call, named)
    }

    private void checkSole(Source source, String name, MethodCallExpression call, Expression value) {
        if (first == null) {
            source.refuse(call, "\"${name}\" should have ${required.size()} arguments but has 1 arguments instead.")
            return
        }
        String problem = mistyped(value, (required + optional)[first])
        if (problem) source.refuse(value, "Expecting ${problem}")
    }

    private void checkNamed(Source source, MethodCallExpression call, List<MapEntryExpression> named) {
        List<Boolean> valid = named.collect { checkEntry(source, it) }
        if (!valid.every()) return
        required.keySet().findAll { String key -> !named.any { Syntax.word(it.keyExpression) == key } }.each {
            source.refuse(call, "Missing required parameter: \"${it}\"")
        }
    }

    private boolean checkEntry(Source source, MapEntryExpression entry) {
        Map<String, Class> all = required + optional
        String key = Syntax.word(entry.keyExpression)
        String problem = all.containsKey(key) ? mistyped(entry.valueExpression, all[key], key) : null
        if (entry.valueExpression instanceof ClosureExpression) source.refuse(entry, 'Method call arguments')
        else if (!all.containsKey(key)) source.refuse(entry, "Invalid parameter \"${key}\", did you mean \"${Nearest.of(key, all.keySet())}\"?")
        else if (problem) source.refuse(entry, "Expecting ${problem}")
        all.containsKey(key) && !problem
    }

    /** Only literals have a type that is known before the build. */
    private static String mistyped(Expression expression, Class type, String key = null) {
        if (!type || !(expression instanceof ConstantExpression) || type.isInstance(expression.value)) return null
        Object value = expression.value
        String where = key ? " for parameter \"${key}\"" : ''
        "\"${type}\"${where} but got \"${value}\" of type ${value?.getClass()} instead"
    }
}

/** The name that was probably meant. */
class Nearest {
    static String of(String word, Collection<String> names) {
        names.min { distance(word, it) }
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        List<Integer> row = (0..b.size()).toList()
        a.eachWithIndex { String letter, int i ->
            int diagonal = row[0]
            row[0] = i + 1
            (0..<b.size()).each { int j ->
                int replaced = diagonal + (letter == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = [replaced, row[j] + 1, row[j + 1] + 1].min()
            }
        }
        row.last()
    }
}

package harness.declarative

import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.MapExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.stmt.ExpressionStatement
import org.codehaus.groovy.ast.stmt.Statement

/** `options`, `triggers` and `parameters`: lists of names with arguments. */
class OptionsReader {
    private final Source source

    OptionsReader(Source source) {
        this.source = source
    }

    /** @return `[settings: […], wrappers: […]]`, as pipeline code */
    String options(MethodCallExpression call, boolean inStage) {
        List<String> valid = inStage ? Vocabulary.STAGE_OPTIONS : Vocabulary.PIPELINE_OPTIONS
        Map<String, Signature> settings = inStage ? Vocabulary.STAGE_SETTINGS : Vocabulary.PIPELINE_SETTINGS
        List<String> read = []
        List<String> wrappers = []
        each(call, 'options', 'Options', 'an option') { String name, MethodCallExpression option ->
            if (name in ['parameters', 'triggers']) {
                source.refuse(option, "The \"${name}\" job property can't be used in the \"options\" directive. Use the \"${name} {...}\" directive instead.")
            } else if (known(option, 'option', name, valid, Vocabulary.WRAPPERS + settings)) {
                if (Vocabulary.WRAPPERS[name]) wrappers << new Described(source).code(name, option)
                else read << new Described(source).data(name, option)
            }
        }
        "[settings: [${read.join(', ')}], wrappers: [${wrappers.join(', ')}]]"
    }

    String triggers(MethodCallExpression call) {
        list(call, 'triggers', 'Triggers', 'a trigger', 'trigger', Vocabulary.TRIGGERS)
    }

    String parameters(MethodCallExpression call) {
        list(call, 'parameters', 'Build parameters', 'a build parameter definition', 'parameter', Vocabulary.PARAMETERS)
    }

    private String list(MethodCallExpression call, String section, String plural, String one, String kind, Map<String, Signature> signatures) {
        List<String> read = []
        each(call, section, plural, one) { String name, MethodCallExpression entry ->
            if (known(entry, kind, name, signatures.keySet().toList(), signatures)) read << new Described(source).data(name, entry)
        }
        "[${read.join(', ')}]"
    }

    private void each(MethodCallExpression call, String section, String plural, String one, Closure read) {
        ClosureExpression block = Syntax.block(call)
        if (!block) {
            source.refuse(call, "Expected a block for ${section}")
            return
        }
        List<String> names = []
        Syntax.statements(block).each { Statement statement ->
            MethodCallExpression entry = Syntax.call(statement)
            if (!entry) source.refuse(statement, isMap(statement) ? "${plural} cannot be defined as maps" : "Expected ${one}")
            else if (Syntax.block(entry)) source.refuse(statement, "${plural} definitions cannot have blocks")
            else {
                String name = Syntax.name(source, entry)
                if (name in names && section != 'parameters') source.refuse(statement, "Duplicate ${section[0..-2]} name: \"${name}\"")
                names << name
                read(name, entry)
            }
        }
        if (!Syntax.statements(block)) source.refuse(call, "${section} can not be empty")
    }

    private boolean known(MethodCallExpression call, String kind, String name, List<String> valid, Map<String, Signature> modelled) {
        if (!(name in valid)) source.refuse(call, "Invalid ${kind} type \"${name}\". Valid ${kind} types: ${valid}")
        else if (!modelled[name]) source.refuse(call, Vocabulary.notModelled("${kind} ${name}"))
        else modelled[name].check(source, name, call)
        modelled[name] as boolean
    }

    private static boolean isMap(Statement statement) {
        statement instanceof ExpressionStatement && statement.expression instanceof MapExpression
    }
}

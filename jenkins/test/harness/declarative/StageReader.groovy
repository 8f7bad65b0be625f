package harness.declarative

import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.stmt.Statement

/** `stages`, `parallel` and the stages in them. Rules and wording: ModelParser.groovy at 6326167, ModelValidatorImpl.groovy at e9a46ce, Messages.properties at eeb92e4. */
class StageReader {
    /** What a stage does: one of these. */
    private static final List<String> CONTENTS = ['steps', 'parallel', 'stages']

    private final Source source

    StageReader(Source source) {
        this.source = source
    }

    /** @param call `stages {…}` or `parallel {…}` @return a list of stages, as pipeline code */
    String readAll(MethodCallExpression call, boolean inParallel) {
        ClosureExpression block = Syntax.block(call)
        if (!block) {
            source.refuse(call, "Expected a block for ${call.methodAsString}")
            return '[]'
        }
        List<String> names = []
        List<String> stages = Syntax.statements(block).collect { read(it, names, inParallel) }
        if (!stages) source.refuse(call, 'No stages specified')
        names.findAll { names.count(it) > 1 }.toSet().each { source.refuse(call, "Duplicate stage name: \"${it}\"") }
        "[\n${stages.join(',\n')}\n]"
    }

    private String read(Statement statement, List<String> names, boolean inParallel) {
        MethodCallExpression call = Syntax.call(statement)
        if (!call || !Syntax.ofScript(call) || call.methodAsString != 'stage') {
            source.refuse(statement, 'Expected a stage')
            return 'null'
        }
        List<Expression> given = Syntax.values(call)
        ClosureExpression block = Syntax.block(call)
        String name = given ? Syntax.word(given[0]) : null
        if (!given) source.refuse(call, 'Expected a stage name but did not find any')
        else if (name == null) source.refuse(given[0], 'Expected string literal')
        if (!block) source.refuse(call, 'Stage does not have a block')
        names << name
        Map<String, MethodCallExpression> sections = block ? sections(block) : [:]
        if (block) judge(call, name, sections, inParallel)
        List<String> parts = ["name: ${name.inspect()}".toString()]
        sections.each { String section, MethodCallExpression at -> parts << "${section}: ${content(section, at, inParallel)}".toString() }
        "[${parts.join(', ')}]"
    }

    private Map<String, MethodCallExpression> sections(ClosureExpression block) {
        Map<String, MethodCallExpression> sections = [:]
        Syntax.statements(block).each { Statement statement ->
            MethodCallExpression call = Syntax.call(statement)
            if (!call) {
                source.refuse(statement, "Not a valid stage section definition: \"${source.of(statement)}\". Some extra configuration is required.")
                return
            }
            String name = Syntax.name(source, call)
            if (sections.containsKey(name)) source.refuse(call, "Multiple occurrences of the ${name} section")
            sections[name] = call
        }
        sections
    }

    private void judge(MethodCallExpression call, String name, Map<String, MethodCallExpression> sections, boolean inParallel) {
        List<String> contents = CONTENTS.findAll { sections.containsKey(it) }
        if (inParallel && sections.parallel) {
            source.refuse(sections.parallel, 'Parallel stages or branches can only be included in a top-level stage.')
        } else if (contents.size() > 1) {
            source.refuse(call, "Only one of \"parallel\", \"stages\", or \"steps\" allowed for stage \"${name}\"")
        } else if (!contents && !sections.matrix) {
            source.refuse(call, "Expected one of \"steps\", \"stages\", or \"parallel\" for stage \"${name}\"")
        } else if (sections.parallel) {
            ['agent', 'tools'].findAll { sections[it] }.each {
                source.refuse(sections[it], "\"${it}\" is not allowed in stage \"${name}\" as it contains parallel stages")
            }
        }
    }

    private String content(String name, MethodCallExpression call, boolean inParallel) {
        switch (name) {
            case 'agent': return new AgentReader(source).read(call)
            case 'environment': return new EnvironmentReader(source).read(call)
            case 'failFast': return WhenReader.truth(source, call)
            case 'input': return new InputReader(source).read(call)
            case 'options': return new OptionsReader(source).options(call, true)
            case 'parallel': return readAll(call, true)
            case 'post': return new PostReader(source).read(call)
            case 'stages': return readAll(call, inParallel)
            case 'steps': return steps(call)
            case 'tools': return new ToolsReader(source).read(call)
            case 'when': return new WhenReader(source).read(call)
            case 'matrix': source.refuse(call, Vocabulary.notModelled('matrix')); return 'null'
            default:
                source.refuse(call, "Unknown stage section \"${name}\". Starting with version 0.5, steps in a stage must be in a ‘steps’ block.")
                return 'null'
        }
    }

    private String steps(MethodCallExpression call) {
        ClosureExpression block = Syntax.block(call)
        if (!block) source.refuse(call, 'Expected a block for steps')
        block ? new StepsReader(source).read(block) : 'null'
    }
}

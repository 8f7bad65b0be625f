package harness.declarative

import harness.Library
import org.codehaus.groovy.ast.CodeVisitorSupport
import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.stmt.Statement

/** `pipeline {…}` and what stands around it. Rules and wording: ModelParser.groovy at 6326167, Messages.properties at eeb92e4. */
class PipelineReader {
    private final Source source

    PipelineReader(Source source) {
        this.source = source
    }

    /** @return the file as a scripted pipeline: the `pipeline` block is a call of the interpreter @throws Refused */
    String read() {
        List<Statement> statements = source.tree.statementBlock.statements
        List<Statement> pipelines = statements.findAll { isPipeline(Syntax.call(it)) }
        refuseNested(statements - pipelines)
        if (!pipelines) {
            source.judge()
            throw new Refused(['WorkflowScript: no pipeline {…} block: not a declarative pipeline'])
        }
        pipelines.tail().each { source.refuse(it, 'Only one pipeline { ... } block can be executed in a single run.') }
        String model = pipeline(Syntax.call(pipelines[0]))
        source.judge()
        // `script` is a step that only runs its body.
        "${source.with(pipelines[0], "new harness.declarative.Interpreter(this, declarative).run(${model})")}\ndef script(Closure body) { body.call() }\n"
    }

    private static boolean isPipeline(MethodCallExpression call) {
        call && Syntax.ofScript(call) && call.methodAsString == 'pipeline'
    }

    private void refuseNested(List<Statement> statements) {
        CodeVisitorSupport seeker = new CodeVisitorSupport() {
            @Override
            void visitMethodCallExpression(MethodCallExpression call) {
                if (isPipeline(call)) source.refuse(call, 'pipeline block must be at the top-level, not within another block.')
                super.visitMethodCallExpression(call)
            }
        }
        statements.each { it.visit(seeker) }
    }

    private String pipeline(MethodCallExpression call) {
        ClosureExpression block = Syntax.block(call)
        if (!block) {
            source.refuse(call, 'Expected a block with the "pipeline" step')
            return 'null'
        }
        Map<String, String> sections = [:]
        Syntax.statements(block).each { Statement statement ->
            MethodCallExpression section = Syntax.call(statement)
            if (!section) {
                source.refuse(statement, "Not a valid section definition: \"${source.of(statement)}\". Some extra configuration is required.")
                return
            }
            String name = Syntax.name(source, section)
            if (sections.containsKey(name)) source.refuse(section, "Multiple occurrences of the ${name} section")
            sections[name] = content(name, section)
        }
        ['agent', 'stages'].findAll { !sections.containsKey(it) }.each { source.refuse(call, "Missing required section \"${it}\"") }
        "[${sections.collect { name, code -> "${name}: ${code}" }.join(',\n')}]"
    }

    private String content(String name, MethodCallExpression call) {
        switch (name) {
            case 'agent': return new AgentReader(source).read(call)
            case 'environment': return new EnvironmentReader(source).read(call)
            case 'libraries': return libraries(call)
            case 'options': return new OptionsReader(source).options(call, false)
            case 'parameters': return new OptionsReader(source).parameters(call)
            case 'post': return new PostReader(source).read(call)
            case 'stages': return new StageReader(source).readAll(call, false)
            case 'tools': return new ToolsReader(source).read(call)
            case 'triggers': return new OptionsReader(source).triggers(call)
            default: source.refuse(call, "Undefined section \"${name}\""); return 'null'
        }
    }

    /** The harness has loaded the library that the controller knows; another one is refused. */
    private String libraries(MethodCallExpression call) {
        ClosureExpression block = Syntax.block(call)
        if (!block) source.refuse(call, 'Expected a block for libraries')
        else if (!Syntax.statements(block)) source.refuse(call, 'libraries can not be empty')
        else Syntax.statements(block).each { library(it) }
        'null'
    }

    private void library(Statement statement) {
        MethodCallExpression call = Syntax.call(statement)
        List<Expression> all = call?.methodAsString == 'lib' ? Syntax.arguments(call) : []
        String identifier = all.size() == 1 ? Syntax.word(all[0]) : null
        if (identifier == null) source.refuse(statement, "Expected a \"lib(...)\" but got ${source.of(statement)}")
        else if (identifier.tokenize('@')[0] != Library.NAME) source.refuse(statement, "Could not find any definition of libraries [${identifier}]")
    }
}

package harness.declarative

import org.codehaus.groovy.ast.ASTNode
import org.codehaus.groovy.ast.ModuleNode
import org.codehaus.groovy.ast.expr.BinaryExpression
import org.codehaus.groovy.control.CompilationUnit
import org.codehaus.groovy.control.Phases
import org.codehaus.groovy.control.SourceUnit

/** A Jenkinsfile: its text, its parse tree, and what Jenkins would refuse in it. */
class Source {
    final String text
    final ModuleNode tree
    private final List<Integer> lineStarts = [0]
    private final List<String> refusals = []

    /** @throws org.codehaus.groovy.control.MultipleCompilationErrorsException if the file is not Groovy 2.4 */
    Source(File file) {
        text = file.getText('UTF-8')
        text.eachWithIndex { String character, int index -> if (character == '\n') lineStarts << index + 1 }
        CompilationUnit unit = new CompilationUnit()
        SourceUnit parsed = unit.addSource('WorkflowScript', text)
        unit.compile(Phases.CONVERSION)
        tree = parsed.AST
    }

    /** The node as it is written. */
    String of(ASTNode node) {
        text.substring(start(node), end(node)).trim()
    }

    int start(ASTNode node) {
        // The place of `a + b` is that of its operator.
        if (node instanceof BinaryExpression) return start(node.leftExpression)
        lineStarts[node.lineNumber - 1] + node.columnNumber - 1
    }

    int end(ASTNode node) {
        if (node instanceof BinaryExpression) return end(node.rightExpression)
        Math.min(lineStarts[node.lastLineNumber - 1] + node.lastColumnNumber - 1, text.length())
    }

    /** The whole text, with other code in the place of a node. */
    String with(ASTNode node, String code) {
        text.substring(0, start(node)) + code + text.substring(end(node))
    }

    void refuse(ASTNode node, String message) {
        refusals << "WorkflowScript: ${node.lineNumber}: ${message} @ line ${node.lineNumber}, column ${node.columnNumber}.".toString()
    }

    /** @throws Refused naming everything that has been refused, as Jenkins does before a build's first step */
    void judge() {
        if (refusals) throw new Refused(refusals)
    }
}

/** Jenkins would not start this pipeline. */
class Refused extends Exception {
    final List<String> refusals

    Refused(List<String> refusals) {
        super("startup failed:\n${refusals.join('\n')}\n\n${refusals.size()} error${refusals.size() > 1 ? 's' : ''}")
        this.refusals = refusals.asImmutable()
    }
}

package harness.sandbox

import com.cloudbees.groovy.cps.CpsTransformer
import com.cloudbees.groovy.cps.sandbox.Untrusted
import org.codehaus.groovy.ast.ClassCodeExpressionTransformer
import org.codehaus.groovy.ast.ClassNode
import org.codehaus.groovy.ast.MethodNode
import org.codehaus.groovy.classgen.GeneratorContext
import org.codehaus.groovy.control.SourceUnit
import org.kohsuke.groovy.sandbox.SandboxTransformer

/**
 * Compiles as Jenkins does for code that nobody trusts: every call passes the sandbox, in methods with @NonCPS too.
 * groovy-cps has a class for that, which needs groovy-sandbox 1.21; the newest on Maven Central is 1.19.
 */
class UntrustedTransformer extends CpsTransformer {
    private final SandboxTransformer sandbox = new SandboxTransformer()
    private ClassCodeExpressionTransformer plain

    @Override
    void call(SourceUnit source, GeneratorContext context, ClassNode node) {
        plain = sandbox.createVisitor(source, node)
        super.call(source, context, node)
    }

    @Override
    protected Class getTrustTag() {
        Untrusted
    }

    @Override
    protected void visitNontransformedMethod(MethodNode method) {
        plain.visitMethod(method)
    }
}

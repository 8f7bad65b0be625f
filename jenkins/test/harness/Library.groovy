package harness

import com.cloudbees.groovy.cps.NonCPS
import harness.sandbox.UntrustedTransformer
import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.control.customizers.ImportCustomizer

/** A shared library as Jenkins has loaded it: `src` on the class path, vars by name, resources by path. All of it is transformed, as what nobody trusts. */
class Library {
    /** Folder jenkins/ of this checkout. */
    static final File FOLDER = new File(System.getProperty('slipway.jenkins'))
    /** The name under which the controller knows it. */
    static final String NAME = 'slipway'
    private static final Map<String, Library> OURS = [:]

    final File folder
    final GroovyClassLoader loader
    private final Map<String, Class> vars = [:]

    /** This library, compiled once for all specs of a JVM; another folder is another one. */
    static synchronized Library ours() {
        String folder = System.getProperty('slipway.jenkins')
        if (!OURS.containsKey(folder)) OURS[folder] = new Library(new File(folder))
        OURS[folder]
    }

    /** @param identifier name, or name@version @throws Fault as Jenkins refuses a library that the controller does not know */
    static void check(String identifier) {
        if (identifier.tokenize('@').first() != NAME) throw new Fault("Could not find any definition of libraries [${identifier}]")
    }

    Library(File folder) {
        this.folder = folder
        loader = new GroovyClassLoader(Library.classLoader, configuration())
        loader.addURL(new File(folder, 'src').toURI().toURL())
    }

    boolean hasVar(String name) {
        source(name).file
    }

    PipelineScript newVar(String name, Binding binding) {
        if (!vars.containsKey(name)) vars[name] = loader.parseClass(source(name))
        PipelineScript var = vars[name].newInstance() as PipelineScript
        var.binding = binding
        var
    }

    /** @throws hudson.AbortException as Jenkins does where there is none */
    String resource(String path) {
        File file = new File(folder, "resources/${path}")
        if (!file.file) throw new hudson.AbortException("No such library resource ${path} could be found.")
        file.getText('UTF-8')
    }

    /** A pipeline has a class loader of its own, so that two builds share no class but the library's. */
    PipelineScript parse(String text, String name) {
        text.eachMatch(/@Library\(['"]([^'"]+)['"]\)/) { List<String> found -> check(found[1]) }
        new GroovyClassLoader(loader, configuration()).parseClass(new GroovyCodeSource(text, name, '/pipeline')).newInstance() as PipelineScript
    }

    private File source(String name) {
        new File(folder, "vars/${name}.groovy")
    }

    private static CompilerConfiguration configuration() {
        CompilerConfiguration configuration = new CompilerConfiguration(scriptBaseClass: PipelineScript.name)
        ImportCustomizer imports = new ImportCustomizer()
        imports.addImports(NonCPS.name, 'org.jenkinsci.plugins.workflow.libs.Library')
        imports.addStarImports('hudson.model')
        configuration.addCompilationCustomizers(imports, new UntrustedTransformer())
        configuration
    }
}

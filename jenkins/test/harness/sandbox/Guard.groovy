package harness.sandbox

import org.codehaus.groovy.runtime.GStringImpl
import org.codehaus.groovy.runtime.ScriptBytecodeAdapter
import org.kohsuke.groovy.sandbox.GroovyInterceptor

import java.lang.reflect.Member
import java.util.concurrent.ConcurrentHashMap

/**
 * The sandbox of Jenkins, for our library is loaded untrusted: own classes, steps and what Jenkins gives a pipeline may be used, of all
 * else only what is listed. Rules as in script-security (SandboxInterceptor); a call is judged by all overloads that could take it.
 */
class Guard extends GroovyInterceptor {
    /** Parts of the language: GStrings, ranges, casts, comparisons, loops. */
    private static final List<Class> LANGUAGE = [GStringImpl, ScriptBytecodeAdapter, IntRange, ObjectRange, EmptyRange] as List<Class>
    private static final Map<List, String> VERDICTS = new ConcurrentHashMap<List, String>()
    private static final Set<String> LISTED = list()

    private final Closure report

    /** @param report called with each signature that is not allowed */
    Guard(Closure report) {
        this.report = report
    }

    @Override
    Object onMethodCall(GroovyInterceptor.Invoker invoker, Object receiver, String name, Object... args) throws Throwable {
        if (receiver != null && !(receiver instanceof Script)) {
            judge(['method', receiver instanceof Class ? receiver : receiver.getClass(), receiver instanceof Class, name, *args*.getClass()]) { ofMethod(receiver, name, args) }
        }
        super.onMethodCall(invoker, receiver, name, args)
    }

    @Override
    Object onStaticCall(GroovyInterceptor.Invoker invoker, Class type, String name, Object... args) throws Throwable {
        judge(['static', type, name, *args*.getClass()]) { verdict(type, name, ofClass(type, name, args)) }
        super.onStaticCall(invoker, type, name, args)
    }

    @Override
    Object onNewInstance(GroovyInterceptor.Invoker invoker, Class type, Object... args) throws Throwable {
        judge(['new', type, *args*.getClass()]) { verdict(type, 'new', Signatures.constructors(type, args)) }
        super.onNewInstance(invoker, type, args)
    }

    @Override
    Object onGetProperty(GroovyInterceptor.Invoker invoker, Object receiver, String name) throws Throwable {
        if (receiver != null && !(receiver instanceof Script)) judge(['get', receiver.getClass(), receiver instanceof Class ? receiver : null, name]) { ofProperty(receiver, name) }
        super.onGetProperty(invoker, receiver, name)
    }

    @Override
    Object onSetProperty(GroovyInterceptor.Invoker invoker, Object receiver, String name, Object value) throws Throwable {
        if (receiver != null && !(receiver instanceof Script)) {
            judge(['set', receiver.getClass(), name]) { verdict(receiver.getClass(), name, Signatures.methods(receiver.getClass(), "set${name.capitalize()}", value)) }
        }
        super.onSetProperty(invoker, receiver, name, value)
    }

    private void judge(List call, Closure<String> rule) {
        String verdict = VERDICTS.computeIfAbsent(call, { rule.call() })
        if (verdict) report.call(verdict)
    }

    private static String ofMethod(Object receiver, String name, Object[] args) {
        if (receiver instanceof Class) return verdict(receiver, name, ofClass(receiver, name, args))
        List<Member> members = Signatures.methods(receiver.getClass(), name, args)
        // `1 + 1` and `'a' + b` have no Java method.
        if (members.empty && (receiver instanceof Number || (receiver instanceof String && name == 'plus'))) return ''
        verdict(receiver.getClass(), name, members ?: Signatures.added(receiver, name, args))
    }

    private static List<Member> ofClass(Class type, String name, Object[] args) {
        Signatures.statics(type, name, args) ?: Signatures.methods(Class, name, args) ?: Signatures.added(type, name, args)
    }

    private static String ofProperty(Object receiver, String name) {
        if (receiver.getClass().array && name == 'length') return ''
        String getter = "get${name.capitalize()}"
        String asks = "is${name.capitalize()}"
        Class type = receiver.getClass()
        List<Member> members = Signatures.methods(type, getter) + Signatures.methods(type, asks) + Signatures.added(receiver, getter) + Signatures.fields(type, name)
        if (receiver instanceof Class) members += Signatures.statics(receiver, getter) + Signatures.fields(receiver, name)
        verdict(receiver instanceof Class ? receiver : type, name, members)
    }

    /** Empty where one of the members is allowed. */
    private static String verdict(Class type, String name, List<Member> members) {
        if (isOurs(type) || type in LANGUAGE) return ''
        List<String> signatures = members.collect { Signatures.written(it) }
        if (members.any { isOurs(it.declaringClass) } || signatures.any { LISTED.contains(it) }) return ''
        // The last is the most general one, which is how the lists name it.
        signatures.findAll { it =~ /ethod / } ? signatures.findAll { it =~ /ethod / }.last() : signatures ? signatures.last() : "unclassified ${type.name} ${name}".toString()
    }

    /** The library, the Jenkinsfile, and what the harness has in the place of Jenkins' own objects. */
    private static boolean isOurs(Class type) {
        type.classLoader instanceof GroovyClassLoader.InnerLoader || type.name.startsWith('harness.')
    }

    private static Set<String> list() {
        new File(System.getProperty('slipway.jenkins'), 'test/gates/sandbox-signatures.txt').readLines()
            .findAll { it && !it.startsWith('#') } as Set<String>
    }
}

package harness.sandbox

import org.codehaus.groovy.reflection.ParameterTypes
import org.codehaus.groovy.runtime.DateGroovyMethods
import org.codehaus.groovy.runtime.DefaultGroovyMethods
import org.codehaus.groovy.runtime.EncodingGroovyMethods
import org.codehaus.groovy.runtime.IOGroovyMethods
import org.codehaus.groovy.runtime.ProcessGroovyMethods
import org.codehaus.groovy.runtime.ResourceGroovyMethods
import org.codehaus.groovy.runtime.StringGroovyMethods

import java.lang.reflect.Constructor
import java.lang.reflect.Member
import java.lang.reflect.Method
import java.lang.reflect.Modifier

/** What a call could reach, in the words of script-security's lists: `method java.util.Map get java.lang.Object`. */
class Signatures {
    /** Where Groovy's own methods of other classes are (org.codehaus.groovy.tools.DgmConverter). */
    private static final List<Class> GDK = [
        DefaultGroovyMethods, StringGroovyMethods, EncodingGroovyMethods, DateGroovyMethods, ProcessGroovyMethods,
        IOGroovyMethods, ResourceGroovyMethods,
    ]

    /** Methods of an object that its class has. */
    static List<Member> methods(Class receiver, String name, Object... args) {
        typesOf(receiver).collectMany { Class type ->
            type.declaredMethods.findAll { it.name == name && Modifier.isPublic(it.modifiers) && !Modifier.isStatic(it.modifiers) && takes(it.parameterTypes, args) }.toList()
        }
    }

    /** Methods that Groovy adds to an object. */
    static List<Member> added(Object receiver, String name, Object... args) {
        GDK.collectMany { Class type ->
            type.declaredMethods.findAll { it.name == name && Modifier.isPublic(it.modifiers) && takes(it.parameterTypes, [receiver, *args] as Object[]) }.toList()
        }
    }

    static List<Member> statics(Class type, String name, Object... args) {
        typesOf(type).collectMany { Class each ->
            each.declaredMethods.findAll { it.name == name && Modifier.isStatic(it.modifiers) && takes(it.parameterTypes, args) }.toList()
        }
    }

    static List<Member> constructors(Class type, Object... args) {
        type.declaredConstructors.findAll { takes(it.parameterTypes, args) }.toList()
    }

    static List<Member> fields(Class type, String name) {
        typesOf(type).collectMany { Class each -> each.declaredFields.findAll { it.name == name }.toList() }
    }

    static String written(Member member) {
        String owner = member.declaringClass.name
        if (member instanceof Constructor) return (["new ${owner}"] + names(member.parameterTypes)).join(' ')
        boolean isStatic = Modifier.isStatic(member.modifiers)
        if (member instanceof Method) return (["${isStatic ? 'staticMethod' : 'method'} ${owner} ${member.name}"] + names(member.parameterTypes)).join(' ')
        "${isStatic ? 'staticField' : 'field'} ${owner} ${member.name}"
    }

    private static boolean takes(Class[] parameters, Object[] args) {
        new ParameterTypes(parameters).isValidMethod(args.collect { it?.getClass() } as Class[])
    }

    private static List<String> names(Class[] types) {
        types.collect { it.canonicalName ?: it.name }
    }

    /** The class, its parents and all interfaces. */
    private static Set<Class> typesOf(Class type) {
        if (type == null) return [] as Set
        ([type] + typesOf(type.superclass).toList() + type.interfaces.collectMany { typesOf(it).toList() }) as LinkedHashSet
    }
}

package slipway

import com.cloudbees.groovy.cps.NonCPS

/**
 * Named arguments of a step, held against the step's table before anything runs. An entry of a table has
 *   says       what it is, with its unit;
 *   type       String, Integer, Boolean, Closure, List or Map;
 *   of         what a List or Map holds: a type, or a table of its own;
 *   required   true; else `byDefault`, which also stands in for null;
 *   oneOf      the values that are allowed, for each element of a list too;
 *   pattern    what a String, or each element, has to match as a whole; keys: what each name in a Map has to match;
 *   min, max   bounds of an Integer, included;
 *   example    a value for the reader, as it is written in Groovy.
 * The same table is the source of the help (`vars/<step>.txt`) and of docs/jenkins-steps.md.
 */
class Arguments implements Serializable {
    /**
     * All arguments with their defaults; text that was a GString is a String.
     * Fails the build with every fault at once.
     */
    static Map read(def steps, String step, Map table, Map given) {
        List<String> wrong = faults(step, table, given)
        if (wrong) steps.error(told(step, wrong))
        return values(table, given)
    }

    @NonCPS
    static String told(String step, List<String> faults) {
        "${step}: ${faults.size() == 1 ? 'a fault' : faults.size() + ' faults'} in its arguments, nothing was run\n  ${faults.join('\n  ')}".toString()
    }

    /** Every fault in words, none when the arguments are right. `path` leads to the table: a step, or a place in a step's argument. */
    @NonCPS
    static List<String> faults(String path, Map table, Map given) {
        List<String> faults = []
        for (Object name : given.keySet()) {
            if (!table.containsKey(name.toString())) faults << unknown(path, name.toString(), table)
        }
        table.each { String name, Map argument ->
            Object value = given[name]
            if (value == null || (argument.required && value.toString() == '')) {
                if (argument.required) faults << "${path}.${name} is missing: ${argument.says}${hint(argument)}".toString()
            } else {
                faults.addAll(faultsOf("${path}.${name}", argument, value))
            }
        }
        return faults
    }

    /** The arguments with their defaults; only for arguments without faults. */
    @NonCPS
    static Map values(Map table, Map given) {
        Map values = [:]
        table.each { String name, Map argument ->
            values[name] = plain(argument, given[name] == null ? argument.byDefault : given[name])
        }
        return values
    }

    @NonCPS
    private static List<String> faultsOf(String path, Map argument, Object value) {
        if (!isA(argument.type, value)) {
            return ["${path}: ${shown(value)} is no ${argument.type.simpleName}: ${argument.says}${hint(argument)}".toString()]
        }
        if (argument.of instanceof Map && argument.type == Map) return faults(path, argument.of as Map, value as Map)
        if (argument.type == List) return inside(argument, numbered(path, value as List))
        if (argument.type == Map) return names(path, argument, value as Map) + inside(argument, (value as Map).collectEntries { [("${path}.${it.key}".toString()): it.value] })
        return bounds(path, argument, value)
    }

    /** Elements by their paths. */
    @NonCPS
    private static Map numbered(String path, List elements) {
        Map numbered = [:]
        for (int i = 0; i < elements.size(); i++) numbered["${path}[${i}]".toString()] = elements[i]
        return numbered
    }

    /** Faults of what a List or Map holds, by its path. */
    @NonCPS
    private static List<String> inside(Map argument, Map elements) {
        Map element = argument.of instanceof Map ? [type: Map, of: argument.of, says: 'named values'] : argument + [type: argument.of, of: null, example: null]
        List<String> faults = []
        elements.each { String path, Object value -> faults.addAll(faultsOf(path, element, value)) }
        return faults
    }

    @NonCPS
    private static List<String> names(String path, Map argument, Map value) {
        List wrong = argument.keys ? value.keySet().findAll { !it.toString().matches(argument.keys as String) } as List : []
        return wrong.collect { "${path}.${it} is no name for it: ${argument.says}${hint(argument)}".toString() }
    }

    @NonCPS
    private static List<String> bounds(String path, Map argument, Object value) {
        List allowed = argument.oneOf as List
        if (allowed && !allowed.contains(value instanceof CharSequence ? value.toString() : value)) {
            return ["${path}: ${shown(value)} is none of ${allowed.join(', ')}${meant(value.toString(), allowed)}".toString()]
        }
        if (argument.pattern && !value.toString().matches(argument.pattern as String)) {
            return ["${path}: ${shown(value)} does not fit ${argument.pattern}: ${argument.says}${hint(argument)}".toString()]
        }
        if (argument.min != null && value < argument.min) return ["${path}: ${value} is less than ${argument.min}".toString()]
        if (argument.max != null && value > argument.max) return ["${path}: ${value} is more than ${argument.max}".toString()]
        return []
    }

    @NonCPS
    private static boolean isA(Object type, Object value) {
        if (type == String) return value instanceof CharSequence
        return type.isInstance(value)
    }

    /** Lists and maps anew, so that nobody changes a default; of text, Strings. */
    @NonCPS
    private static Object plain(Map argument, Object value) {
        if (value instanceof CharSequence) return value.toString()
        Map element = [of: null]
        if (value instanceof List) return value.collect { it instanceof Map && argument.of instanceof Map ? values(argument.of as Map, it) : plain(element, it) }
        if (!(value instanceof Map)) return value
        if (argument.type == Map && argument.of instanceof Map) return value.isEmpty() ? [:] : values(argument.of as Map, value)
        Map copy = [:]
        value.each { key, held -> copy[key.toString()] = plain(element, held) }
        return copy
    }

    @NonCPS
    private static String shown(Object value) {
        value instanceof CharSequence ? "'${value}'".toString() : value.toString()
    }

    @NonCPS
    private static String hint(Map argument) {
        argument.example == null ? '' : ", for instance ${argument.example}".toString()
    }

    @NonCPS
    private static String unknown(String path, String name, Map table) {
        String near = meant(name, table.keySet() as List)
        "unknown argument ${path}.${name}${near ?: "; there are ${table.keySet().join(', ')}"}".toString()
    }

    @NonCPS
    private static String meant(String name, List known) {
        String near = null
        int least = 1 + Math.min(Math.max(2, name.length().intdiv(3)), name.length() - 1)
        for (Object candidate : known) {
            int far = distance(name.toLowerCase(), candidate.toString().toLowerCase())
            if (far < least) {
                least = far
                near = candidate
            }
        }
        return near ? "; did you mean `${near}`?".toString() : ''
    }

    /** Edits between two words (Levenshtein). */
    @NonCPS
    private static int distance(String one, String other) {
        List<Integer> row = (0..other.length()).toList()
        for (int i = 1; i <= one.length(); i++) {
            List<Integer> next = [i]
            for (int j = 1; j <= other.length(); j++) {
                int change = row[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1)
                next << Math.min(change, Math.min(row[j], next[j - 1]) + 1)
            }
            row = next
        }
        return row[-1]
    }
}

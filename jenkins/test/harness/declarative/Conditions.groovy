package harness.declarative

import harness.Build
import hudson.model.Result
import java.util.regex.Pattern

/**
 * Conditions of `when`, asked where the pipeline stands, and of `post`.
 * Rules: jenkinsci/pipeline-model-definition-plugin: when/impl/*.java and when/utils/Comparator.java at 1dfa65c, model/conditions/*.groovy
 * at 9307c3f and 680c987, model/BuildCondition.java; `triggeredBy`: Utils.shouldRunBeAllowed.
 */
class Conditions {
    private static final List<String> CHANGE = ['id', 'target', 'branch', 'fork', 'title', 'author', 'authorDisplayName', 'authorEmail']

    private final Build build

    Conditions(Build build) {
        this.build = build
    }

    /** @param environment of the stage */
    boolean meets(String name, List arguments, Map<String, String> environment) {
        Map given = arguments && arguments[0] instanceof Map ? arguments[0] as Map : [:]
        Object sole = arguments && !(arguments[0] instanceof Map) ? arguments[0] : null
        switch (name) {
            case 'branch': return matches(environment.BRANCH_NAME, sole ?: given.pattern, given.comparator ?: 'GLOB')
            case 'buildingTag': return environment.TAG_NAME as boolean
            case 'tag': return environment.TAG_NAME && (!(sole ?: given.pattern) || matches(environment.TAG_NAME, sole ?: given.pattern, given.comparator ?: 'GLOB'))
            case 'changeRequest': return isChange(given, environment)
            case 'environment': return equal(environment[given.name.toString()], given.value, given.ignoreCase ?: false)
            case 'equals': return given.expected == given.actual
            case 'triggeredBy': return isCausedBy(sole ?: given.cause, given.detail)
            default: throw new IllegalArgumentException("condition ${name}")
        }
    }

    private static boolean isChange(Map given, Map<String, String> environment) {
        environment.CHANGE_ID && CHANGE.every { String field ->
            String variable = "CHANGE_${field.replaceAll(/[A-Z]/) { "_${it}" }.toUpperCase()}"
            !given[field] || matches(environment[variable], given[field], given.comparator ?: 'EQUALS')
        }
    }

    private boolean isCausedBy(Object cause, Object detail) {
        build.causes.any { Map given ->
            String type = given._class.toString().tokenize('.$').last()
            if (type == 'UserIdCause' && cause.toString() == type) return !detail || given.userId == detail.toString()
            type ==~ "(?i).*${cause}.*"
        }
    }

    private static boolean equal(String actual, Object expected, boolean ignoreCase) {
        if (!actual) return !expected
        ignoreCase ? actual.equalsIgnoreCase(expected.toString()) : actual == expected.toString()
    }

    private static boolean matches(String actual, Object pattern, Object comparator) {
        switch (comparator.toString().toUpperCase()) {
            case 'EQUALS': return (actual ?: '') == pattern.toString()
            case 'REGEXP': return (actual ?: '') ==~ pattern.toString()
            default: return actual && glob(pattern.toString()).matcher(actual).matches()
        }
    }

    /** Ant's: without regard to case, `*` stays within a folder. */
    private static Pattern glob(String pattern) {
        String regex = pattern.replaceAll(/\*\*\/|\*\*|\*|\?|[^*?]+/) { String part ->
            [('**/'): '(?:.*/)?', ('**'): '.*', ('*'): '[^/]*', ('?'): '[^/]'][part] ?: Pattern.quote(part)
        }
        Pattern.compile(regex, Pattern.CASE_INSENSITIVE)
    }

    /** @param stage null: after the whole pipeline @param error of the stage, or null */
    boolean applies(String condition, String stage, Throwable error) {
        Result result = build.outcome ?: Result.SUCCESS
        Result before = build.previousResult ? Result.fromString(build.previousResult) : null
        switch (condition) {
            case ['always', 'cleanup']: return true
            case 'changed': return before == null || result != before
            case 'fixed': return result == Result.SUCCESS && before in [Result.FAILURE, Result.UNSTABLE]
            case 'regression': return before != null && result.isWorseThan(before)
            case 'aborted': return result == Result.ABORTED
            case 'unstable': return result == Result.UNSTABLE
            case 'notBuilt': return result == Result.NOT_BUILT
            case 'unsuccessful': return result != Result.SUCCESS
            case 'failure': return stage && result != Result.ABORTED ? error != null : result == Result.FAILURE
            case 'success': return stage && result == Result.FAILURE ? error == null : result == Result.SUCCESS
            default: throw new IllegalArgumentException("condition ${condition}")
        }
    }
}

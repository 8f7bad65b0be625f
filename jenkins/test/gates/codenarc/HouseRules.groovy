package gates.codenarc

import org.codenarc.rule.Rule
import org.codenarc.rule.basic.AssignmentInConditionalRule
import org.codenarc.rule.basic.DeadCodeRule
import org.codenarc.rule.basic.DuplicateMapKeyRule
import org.codenarc.rule.basic.EmptyCatchBlockRule
import org.codenarc.rule.basic.ReturnFromFinallyBlockRule
import org.codenarc.rule.basic.ThrowExceptionFromFinallyBlockRule
import org.codenarc.rule.exceptions.MissingNewInThrowStatementRule
import org.codenarc.rule.generic.IllegalRegexRule
import org.codenarc.rule.imports.UnusedImportRule
import org.codenarc.rule.jenkins.ClassNotSerializableRule
import org.codenarc.rule.jenkins.ClosureInGStringRule
import org.codenarc.rule.jenkins.CpsCallFromNonCpsMethodRule
import org.codenarc.rule.jenkins.ExpressionInCpsMethodNotSerializableRule
import org.codenarc.rule.jenkins.ForbiddenCallInCpsMethodRule
import org.codenarc.rule.jenkins.ObjectOverrideOnlyNonCpsMethods
import org.codenarc.rule.jenkins.ParameterOrReturnTypeNotSerializableRule
import org.codenarc.rule.logging.PrintlnRule
import org.codenarc.rule.unused.UnusedMethodParameterRule
import org.codenarc.rule.unused.UnusedPrivateFieldRule
import org.codenarc.rule.unused.UnusedPrivateMethodRule
import org.codenarc.rule.unused.UnusedVariableRule

/** What holds for vars, src and Jenkinsfiles. Each rule has a planted fault in faults/. */
class HouseRules {
    static final List<Rule> ALL = ofJenkins() + [
        new UnusedImportRule(), new UnusedVariableRule(ignoreVariableNames: '_'), new UnusedPrivateFieldRule(),
        new UnusedPrivateMethodRule(), new UnusedMethodParameterRule(ignoreRegex: /args/),
        new EmptyCatchBlockRule(), new MissingNewInThrowStatementRule(), new ReturnFromFinallyBlockRule(),
        new ThrowExceptionFromFinallyBlockRule(), new AssignmentInConditionalRule(), new DeadCodeRule(), new DuplicateMapKeyRule(),
        new PrintlnRule(),
        new CpsTrapRule(), new InterpolatedShellRule(), new SecretReadRule(), new SwallowedAbortRule(),
    ] + bans()

    /** By default these read nothing but files named Jenkinsfile, and know the script as `script`. */
    private static List<Rule> ofJenkins() {
        List<Rule> rules = [
            new ClassNotSerializableRule(), new ClosureInGStringRule(), new CpsCallFromNonCpsMethodRule(cpsScriptVariableName: 'steps'),
            new ExpressionInCpsMethodNotSerializableRule(), new ForbiddenCallInCpsMethodRule(), new ObjectOverrideOnlyNonCpsMethods(),
            new ParameterOrReturnTypeNotSerializableRule(),
        ]
        rules.each { it.applyToFileNames = null }
    }

    /** What compiles, and then fails in the sandbox, runs on the controller, or is another thing in Groovy 2.4. */
    private static List<Rule> bans() {
        [
            VarDeclaration: [/\bvar\s+\w+\s*=/, 'Groovy 2.4 calls a method `var`; declare with `def` or a type'],
            Grape: [/@Grab\w*/, 'takes code from anywhere onto the controller'],
            JenkinsInstance: [/\bJenkins\s*\.\s*(instance|get\w*)\b/, 'the controller is not ours; the sandbox refuses it'],
            RawBuild: [/\b(rawBuild|getRawBuild)\b/, 'the sandbox refuses it; use currentBuild'],
            ControllerFile: [/\bnew\s+(java\.io\.)?File\w*\s*\(/, 'a file of the controller; use readFile, writeFile or a script'],
            ControllerThread: [/\b(Thread|Executors|Timer)\b\s*[.(]/, 'blocks the controller; use sleep, waitUntil or parallel'],
            ControllerSystem: [/\bSystem\s*\.\s*(getenv|env|getProperty|setProperty|properties|exit)\b/, 'asks the controller; use env'],
            ControllerProcess: [/\.\s*execute\s*\(|\bProcessBuilder\b|\bRuntime\s*\.\s*getRuntime\b/, 'runs on the controller; use sh'],
        ].collect { String name, List ban -> new IllegalRegexRule(name: name, regex: ban[0], violationMessage: ban[1]) }
    }
}

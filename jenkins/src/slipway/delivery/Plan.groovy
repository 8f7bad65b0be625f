package slipway.delivery

import com.cloudbees.groovy.cps.NonCPS
import slipway.Arguments
import slipway.Notification
import slipway.checks.LintSources
import slipway.checks.RunTests
import slipway.checks.ScanSource

/** The arguments of `deliver`, those of every phase among them: all are held against their tables before anything runs. */
class Plan implements Serializable {
    static final String STEP = 'deliver'
    static final String SAYS = 'The whole pipeline of a repository: checks, images, and a release to each environment.'

    private static final Map APP = [
        name: [type: String, required: true, pattern: '[a-z0-9][a-z0-9-]*', says: 'image, as the environments know it', example: "'chat'"],
        dockerfile: [type: String, byDefault: 'Dockerfile', says: 'file that it is built by'],
        context: [type: String, byDefault: '.', says: 'folder that the build may copy from'],
        inputs: [type: List, of: String, byDefault: ['.'], says: 'files and folders that the image is made of; the hash of these is its tag'],
        buildArgs: [type: Map, of: String, byDefault: [:], says: 'build arguments, never secrets'],
        platform: [type: String, byDefault: 'linux/amd64', says: 'platform that is built for'],
        cache: [type: String, byDefault: '', says: 'where layers are kept between builds, as in `buildImage`; pull requests do without'],
    ]
    private static final Map CHARTS = [
        url: [type: String, required: true, says: 'repository that holds the charts', example: "'https://git.example.com/platform.git'"],
        branch: [type: String, byDefault: 'main', says: 'branch that pins are committed to'],
        credentialsId: [type: String, byDefault: 'git-push', says: 'username and password that may push there'],
    ]
    private static final Map HOOKS = [
        beforeTests: [type: Closure, says: 'runs in the checkout before the tests'],
        afterImages: [type: Closure, says: 'runs when the images are in the registry; is given `tag@digest` by application'],
        beforeDeploy: [type: Closure, says: 'runs on the node before a deploy; is given the environment'],
        afterDeploy: [type: Closure, says: 'runs after a deploy was verified; is given the environment. What it throws takes the release back'],
    ]

    static final Map ARGUMENTS = [
        app: [type: String, byDefault: '', says: 'the one application of this repository; short for `apps: [[name: …]]`', example: "'billing'"],
        apps: [type: List, of: APP, byDefault: [], says: 'applications that are built here'],
        registry: [type: String, byDefault: '', says: 'registry that images are pushed to, as `images.registry` of the environments', example: "'123456789012.dkr.ecr.eu-central-1.amazonaws.com'"],
        registryCredentialsId: [type: String, byDefault: null, says: 'login of the registry, as in `pushImage`'],
        deployTo: [type: List, of: String, byDefault: [], says: 'environments, in their order'],
        approve: [type: List, of: String, byDefault: ['production'], says: 'environments that a person has to approve'],
        approvers: [type: String, byDefault: '', says: 'who may approve: users and groups, separated by commas; empty: who may build'],
        approvalHours: [type: Integer, byDefault: 24, min: 1, max: 168, says: 'hours until a question is withdrawn'],
        charts: [type: Map, of: CHARTS, byDefault: [:], says: 'where the charts are, if not in this repository'],
        branch: [type: String, byDefault: 'main', says: 'the branch of this repository that is delivered'],
        gitCredentialsId: [type: String, byDefault: 'git-push', says: 'username and password that may push to this repository; empty: none are needed'],
        committer: [type: String, byDefault: 'slipway <slipway@localhost>', pattern: '[^<>]+ <[^<>@ ]+@[^<>@ ]+>', says: 'who commits pins'],
        agent: [type: String, byDefault: 'slipway', says: 'label of the nodes'],
        buildMinutes: [type: Integer, byDefault: 60, min: 1, says: 'minutes for all images together'],
        deployMinutes: [type: Integer, byDefault: 15, min: 1, says: 'minutes for one deploy, and again for going back'],
        lint: [type: Map, of: LintSources.ARGUMENTS, byDefault: [:], says: 'arguments of `lintSources`'],
        tests: [type: Map, of: RunTests.ARGUMENTS, byDefault: [:], says: 'arguments of `runTests`'],
        scan: [type: Map, of: ScanSource.ARGUMENTS, byDefault: [:], says: 'arguments of `scanSource`; severity and exceptions hold for images, too'],
        notify: [type: Map, of: Notification.ARGUMENTS, byDefault: [:], says: 'arguments of `notifyResult`; nobody is told without'],
        hooks: [type: Map, of: HOOKS, byDefault: [:], says: 'own code at the joints of the pipeline'],
    ]

    /** @return complete options; fails the build with every fault at once */
    static Map read(def steps, Map given, Origin origin) {
        List<String> faults = Arguments.faults(STEP, ARGUMENTS, given) + contradictions(given, origin)
        if (faults) steps.error(Arguments.told(STEP, faults))
        return complete(given)
    }

    @NonCPS
    private static List<String> contradictions(Map given, Origin origin) {
        List<String> faults = []
        if (given.app && given.apps) faults << 'deliver.app and deliver.apps are both given; expected one of them'
        if ((given.app || given.apps) && !given.registry) faults << "deliver.registry is missing: ${ARGUMENTS.registry.says}, for instance ${ARGUMENTS.registry.example}".toString()
        faults.addAll(environments(given.deployTo, given.approve))
        if (!origin.known) faults << 'BRANCH_NAME is not set: this job does not say which branch it builds; expected a multibranch job (jenkins/controller has one)'
        faults
    }

    @NonCPS
    private static List<String> environments(Object deployTo, Object approve) {
        if (!(deployTo instanceof List)) return []
        List<String> faults = deployTo.toSet().size() < deployTo.size() ? ["deliver.deployTo: ${deployTo.join(', ')}; expected each environment once".toString()] : []
        if (approve instanceof List) faults.addAll((approve - deployTo).collect { "deliver.approve: ${it} is none of deployTo, so that nobody would ever be asked".toString() })
        faults
    }

    @NonCPS
    private static Map complete(Map given) {
        Map options = Arguments.values(ARGUMENTS, given)
        if (options.app) options.apps = [Arguments.values(APP, [name: options.app])]
        options.lint = Arguments.values(LintSources.ARGUMENTS, options.lint)
        options.tests = Arguments.values(RunTests.ARGUMENTS, options.tests)
        options.scan = Arguments.values(ScanSource.ARGUMENTS, options.scan)
        options
    }
}

import { faults, type Mutant } from '../mutant';

/** What is delivered, in which order, and who is asked. */
export const DELIVERY: readonly Mutant[] = [
  ...faults('src/slipway/delivery/Release.groovy', 'delivery.ReleaseSpec', [
    [
      'two builds release at a time',
      `steps.lock(resource: "slipway-\${environment}", inversePrecedence: true) {`,
      "steps.stage('release') {",
      'under the lock',
    ],
    ['the oldest build that waits goes first', ', inversePrecedence: true', '', 'under the lock'],
    [
      'nobody goes back after a failed release',
      'if (!charts.isPushed()) goBack(before)',
      '',
      'a hook after the deploy that fails',
    ],
    [
      'what failed, or was aborted, counts as released',
      'throw problem',
      `return "\${environment}: \${problem.message}"`,
      'a hook after the deploy that fails',
    ],
    [
      'what failed first is not what the build ends with',
      `describe("\${environment}: ROLLBACK FAILED")`,
      'throw second',
      'going back that fails, too',
    ],
    ['a failed rollback is not told', `describe("\${environment}: ROLLBACK FAILED")`, '', 'going back that fails, too'],
  ]),
  ...faults('src/slipway/delivery/Release.groovy', 'delivery.ReleaseApprovalSpec', [
    [
      'a newer build does not end the older ones',
      'private String tryOnce() {\n        steps.milestone()',
      'private String tryOnce() {',
      'the milestones stand around',
    ],
    [
      'a build that was approved late goes on',
      'approve() : [:]\n        steps.milestone()',
      'approve() : [:]',
      'the milestones stand around',
    ],
    [
      'a build that waited for the lock overtakes a newer one',
      'steps.milestone()\n            onNode',
      'onNode',
      'the milestones stand around',
    ],
    [
      'a node is held while a person is asked',
      'Map approval = proposed.differs ? approve() : [:]',
      'Map approval = [:]\n        onNode { approval = proposed.differs ? approve() : [:] }',
      'a person is asked outside of node',
    ],
    ['nobody is asked', 'return options.approve.contains(environment)', 'return false', 'a person is asked'],
    [
      'a person is asked about nothing',
      'Map approval = proposed.differs ? approve() : [:]',
      'Map approval = approve()',
      'it is not deployed unasked',
    ],
    [
      'what changed meanwhile is deployed unasked',
      'if (isApprovalNeeded() && !approval &&',
      'if (false &&',
      'it is not deployed unasked',
    ],
  ]),
  ...faults('src/slipway/delivery/Release.groovy', 'delivery.ReleaseRacesSpec', [
    [
      'something else is deployed than what was proposed',
      'if (prepared.hash != proposed.hash) return overtaken()',
      '',
      'before the deploy: nothing is deployed',
    ],
    [
      'what is pushed is not what runs',
      'if (prepare(charts.newest()).hash != deployed.hash) {',
      'prepare(charts.newest())\n            if (false) {',
      'that changes dist/: nothing is pushed',
    ],
  ]),
  ...faults('src/slipway/delivery/Approval.groovy', 'delivery.ReleaseApprovalSpec', [
    ['nobody says why', 'if (!answer.REASON)', 'if (false)', 'an approval without a reason'],
    [
      'a question stands for ever',
      "steps.timeout(time: hours, unit: 'HOURS') {",
      'steps.withEnv([]) {',
      'for at most a day',
    ],
    ['anybody may approve', 'submitter: approvers,', '', 'a person is asked'],
  ]),
  ...faults('src/slipway/delivery/Release.groovy', 'delivery.DeliverySpec', [
    [
      'main names what has not run',
      "Map outcome = steps.deployManifests(arguments([:]))\n            hooks.run('afterDeploy', environment)\n            return record(prepared, outcome, approval, before)",
      "String told = record(prepared, [revision: '1'], approval, before)\n            steps.deployManifests(arguments([:]))\n            return told",
      'J15: delivers',
    ],
    [
      'a build with nothing to do takes the lock',
      'if (!proposed.differs && !proposed.pinned) return',
      'if (false) return',
      'J15: delivers',
    ],
    ['nobody knows who wanted it', 'if (approval) text +=', 'if (false) text +=', 'J15: delivers'],
  ]),
  ...faults('src/slipway/delivery/Images.groovy', 'delivery.DeliverySpec', [
    ['a tag says nothing of what is in it', 'return new InputHash(steps).of(app)', "return 'latest'", 'J15: delivers'],
    ['what was built is built again', 'reused(app, tag) ?: pushed(app, tag)', 'pushed(app, tag)', 'J15: delivers'],
    [
      'an image is pushed before it is scanned',
      'steps.scanImage(',
      'steps.pushImage(archive: archive, registry: options.registry, image: app.name, tag: tag, credentialsId: options.registryCredentialsId)\n        steps.scanImage(',
      'a scan that finds something',
    ],
  ]),
  ...faults('src/slipway/delivery/Delivery.groovy', 'delivery.DeliverySpec', [
    [
      'a pull request pushes, with the credential of the registry',
      'if (origin.isDelivered(options.branch)) pins = images.deliver()\n            else images.tryOut()',
      'pins = images.deliver()',
      'binds no credential',
    ],
    [
      'whatever a job builds is released',
      'if (!origin.isDelivered(options.branch))',
      'if (false)',
      'calls itself main',
    ],
    ['dist/ of a pull request may be anything', 'steps.synthManifests([:])\n', '\n', 'whose dist/ is not what'],
    [
      'older builds of a pull request go on',
      'if (number > 1) steps.milestone(number - 1)',
      '',
      'a newer build of a pull request',
    ],
  ]),
  ...faults('src/slipway/delivery/Origin.groovy', 'delivery.DeliverySpec', [
    [
      'a fork is released whose branch is called main',
      'return !isProposal() && branch == delivered',
      'return branch == delivered',
      'calls itself main',
    ],
    [
      'every branch is released',
      'return !isProposal() && branch == delivered',
      'return !isProposal()',
      'another branch than',
    ],
  ]),
  ...faults('src/slipway/delivery/Preview.groovy', 'delivery.DeliverySpec', [
    [
      'reviewers are not shown what changes',
      "steps.publishChecks(name: 'slipway diff', title: 'What this does to dist/', summary: text)",
      'steps.echo(text)',
      'binds no credential',
    ],
  ]),
  ...faults('vars/deliver.groovy', 'delivery.DeliverySpec', [
    ['a failed delivery is green', 'throw problem', 'echo problem.message', 'J17: whoever'],
    [
      'a failure is told as a success',
      "currentBuild.result = 'FAILURE'",
      "currentBuild.result = 'SUCCESS'",
      'J17: whoever',
    ],
    ['nobody is told', 'if (args.notify) notifyResult(args.notify)', '', 'J17: whoever'],
  ]),
  ...faults('src/slipway/delivery/Plan.groovy', 'delivery.PlanSpec', [
    [
      'a fault is found when its stage runs',
      'if (faults) steps.error',
      'if (false) steps.error',
      'ends the build before a node',
    ],
    ['a job may hide which branch it builds', 'if (!origin.known)', 'if (false)', 'does not say which branch'],
  ]),
  ...faults('Jenkinsfile', 'delivery.JenkinsfileSpec', [
    ['a node is held for the whole pipeline', 'agent none', 'agent any', 'J01: delivers main'],
    ['a pull request comes to the release', "when { branch 'main' }", '', 'a pull request is previewed'],
    ['anybody may release', "approvers: 'admin',", '', 'J01: delivers main'],
    [
      'nobody is told of a failure',
      'failure {\n            notifyResult(mail)',
      "failure {\n            echo 'failed'",
      'and somebody is told',
    ],
    ['a push that no webhook told of is never built', "pollSCM('H/15 * * * *')", '', 'J16: is triggered'],
  ]),
  ...faults('Jenkinsfile.drift', 'delivery.JenkinsfileSpec', [
    ['a release in progress is taken for drift', "lock(resource: 'slipway-production')", '', 'asks about drift'],
  ]),
];

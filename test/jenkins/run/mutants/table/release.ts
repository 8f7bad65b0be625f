import { faults, type Mutant } from '../mutant';

/** What changes a cluster, or another host. */
export const RELEASE: readonly Mutant[] = [
  ...faults('src/slipway/release/DeployManifests.groovy', 'release.DeployManifestsSpec', [
    ['an abort of a deploy is swallowed', 'throw ended', 'return [:]', 'an abort keeps the diagnostics'],
    ['a dry run deploys', "'--dry-run'", "'--yes'", 'J12: keeps the live diff'],
    ['nothing explains a failed release', "slipway.keep('**')", "steps.echo('failed')", 'keeps what explains it'],
    [
      'an archive that fails hides why the release failed',
      'catch (Exception problem)',
      'catch (IllegalStateException problem)',
      'an archive that fails',
    ],
  ]),
  ...faults('src/slipway/release/Slipway.groovy', 'release.DeployManifestsSpec', [
    ["Jenkins' deadline comes before slipway's", 'BEYOND = 10', 'BEYOND = 0', 'J11: the deadline'],
    [
      'a deploy may take for ever',
      "steps.timeout(time: minutes, unit: 'MINUTES') {",
      'steps.withEnv([]) {',
      'J11: the deadline',
    ],
    [
      'the kubeconfig of another environment is bound',
      "options.kubeconfig ?: 'kubeconfig-' + options.environment",
      "options.kubeconfig ?: 'kubeconfig-kind'",
      'J10: deploys with the kubeconfig',
    ],
  ]),
  ...faults('src/slipway/release/Outcome.groovy', 'release.DeployManifestsSpec', [
    [
      'a deploy that never began counts as done',
      "['deployed', 'unchanged', 'dry-run']",
      "['deployed', 'unchanged', 'dry-run', 'declined']",
      'ends with exit code',
    ],
  ]),
  ...faults('resources/slipway/slipway.sh', 'release.DeployManifestsSpec', [
    [
      'the kubeconfig stays on the agent',
      `[[ -z "\${private}" ]] || rm -rf`,
      `true || rm -rf`,
      'J10: nothing of the kubeconfig',
    ],
  ]),
  ...faults('resources/slipway/slipway.sh', 'release.SlipwayScriptSpec', [
    ['an abort looks like a success', 'then code=143; fi', 'then code=0; fi', 'an abort is none any more'],
    [
      'what slipway still does loses its kubeconfig',
      `line+=(--kubeconfig "\${private}/kubeconfig")`,
      `line+=(--kubeconfig "\${KUBECONFIG_FILE}")`,
      'J14: what slipway still does',
    ],
  ]),
  ...faults('src/slipway/release/RollbackDeployment.groovy', 'release.RollbackDeploymentSpec', [
    [
      'a rollback goes anywhere',
      'if (options.revision) words.add(options.revision)',
      '',
      'to the revision that was asked for',
    ],
    ['a refused rollback counts as done', 'if (!outcome.isGood())', 'if (false)', 'a refusal names'],
  ]),
  ...faults('src/slipway/release/Running.groovy', 'release.RunningSpec', [
    [
      'a failed revision is what to go back to',
      "since.find { it.status == 'deployed' }",
      'since.find { true }',
      'is what to go back to',
    ],
    ['nobody minds that nobody can go back', 'if (call.code != 0) {', 'if (false) {', 'does not answer is an error'],
  ]),
  ...faults('src/slipway/release/DetectDrift.groovy', 'release.DetectDriftSpec', [
    ['drift leaves the build green', 'steps.unstable(', 'steps.echo(', 'makes the build unstable'],
    [
      'what could not be judged counts as no drift',
      'if (call.code == 0) return false',
      'if (call.code != 1) return false',
      'could not be judged',
    ],
  ]),
  ...faults('src/slipway/release/ApplySecrets.groovy', 'release.ApplySecretsSpec', [
    [
      'one value is written for two keys',
      'if (isAmbiguous(options.values)) {',
      'if (false) {',
      'two keys that stand for one',
    ],
    [
      'a secret is put into a GString',
      'Map call = new Slipway',
      `steps.withCredentials(bindings) { steps.echo("value: \${steps.env[variableOf(options.values[0])]}") }\n        Map call = new Slipway`,
      'J18: values travel',
    ],
  ]),
  ...faults('resources/slipway/pull-secret.sh', 'release.RefreshPullSecretSpec', [
    [
      'the pull token stands on a command line',
      "login=\"$(printf 'AWS:%s'",
      "login=\"$(env printf 'AWS:%s'",
      'J18: a fresh token',
    ],
    ['the pull token is traced into the log', 'set +o xtrace', 'set -o xtrace', 'J18: a fresh token'],
    [
      'a token goes to whatever cluster the kubeconfig leads to',
      `[[ "\${server}" = "\${expected}" ]] ||`,
      'true ||',
      'gives no token',
    ],
  ]),
  ...faults('src/slipway/release/RefreshPullSecret.groovy', 'release.RefreshPullSecretSpec', [
    ['pods get a token that may push', "byDefault: 'aws-pull'", "byDefault: 'aws'", 'may only pull'],
  ]),
  ...faults('src/slipway/compose/ComposeDeploy.groovy', 'compose.ComposeDeploySpec', [
    [
      'nobody goes back',
      'goBack(options)\n            throw failure',
      'throw failure',
      'gives every service its image back',
    ],
    [
      'an abort is swallowed after going back',
      'goBack(options)\n            throw failure',
      'goBack(options)',
      'J21: aborted or hung',
    ],
  ]),
  ...faults('resources/slipway/docker-host.sh', 'compose.ComposeDeploySpec', [
    ['any host is let in', 'StrictHostKeyChecking=yes', 'StrictHostKeyChecking=no', 'J21: reaches another host'],
  ]),
];

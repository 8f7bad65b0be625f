import { faults, type Mutant } from '../mutant';

/** Arguments, linters, tests, scans, mail. */
export const CHECKS: readonly Mutant[] = [
  ...faults('src/slipway/Arguments.groovy', 'ArgumentsSpec', [
    [
      'an argument that a step does not know is passed over',
      'if (!table.containsKey(name.toString()))',
      'if (false)',
      'J19: refuses',
    ],
    ['an argument may be missing', 'if (argument.required) faults <<', 'if (false) faults <<', 'J19: refuses'],
    [
      'a GString reaches a step as it is',
      'if (value instanceof CharSequence) return value.toString()',
      'if (value instanceof CharSequence) return value',
      'gives text as String',
    ],
  ]),
  ...faults('src/slipway/Notification.groovy', 'NotificationSpec', [
    ['every success counts as mended', 'isTrouble(steps.currentBuild.previousBuild?.result)', 'true', 'is told as'],
  ]),
  ...faults('src/slipway/checks/Scan.groovy', 'checks.ScanSpec', [
    ['the gate is open', 'if (code != 0) steps.error', 'if (code == 11) steps.error', 'the gate of'],
    [
      'the report is kept only where there is nothing in it',
      'steps.archiveArtifacts(artifacts: report, allowEmptyArchive: true)\n        if (code != 0)',
      'if (code == 0) steps.archiveArtifacts(artifacts: report, allowEmptyArchive: true)\n        if (code != 0)',
      'is archived when the gate closes',
    ],
    [
      'the gate knows one severity only',
      "SEVERITIES.drop(SEVERITIES.indexOf(severity)).join(',')",
      'severity',
      'the gate of',
    ],
    [
      'a scan may take for ever',
      "steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') {",
      'steps.withEnv([]) {',
      'aborted or hung',
    ],
  ]),
  ...faults('resources/slipway/scan.sh', 'checks.ScanSpec', [
    ['an exception may be without an end', 'if (!date) refuse', 'if (0) refuse', 'J07: refuses'],
    ['exceptions are not read at all', '  check_exceptions\n', '  :\n', 'J07: refuses'],
  ]),
  ...faults('src/slipway/checks/LintSources.groovy', 'checks.LintSourcesSpec', [
    ['the first linter that fails hides the others', 'failed.add(linter)', 'steps.error(linter)', 'all linters run'],
    [
      'a step is called while a list is sorted',
      'options.only.each {',
      'options.only.sort { steps.echo(it) }.each {',
      'all linters run',
    ],
    ['findings fail nothing', 'if (failed) steps.error', 'if (false) steps.error', 'all linters run'],
  ]),
  ...faults('src/slipway/checks/RunTests.groovy', 'checks.RunTestsSpec', [
    [
      'an abort of the tests becomes a failure',
      'throw failure',
      `steps.error("tests: \${failure.message}")`,
      'an abort stays an abort',
    ],
    [
      'an abort of the tests is swallowed',
      'throw failure',
      `steps.echo("tests: \${failure.message}")`,
      'an abort stays an abort',
    ],
    [
      'tests may run for ever',
      "steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') {",
      'steps.withEnv([]) {',
      'ends tests that never end',
    ],
    ['failed tests are not reported', 'publish(options.reports, true)\n', '\n', 'of tests that failed'],
  ]),
];

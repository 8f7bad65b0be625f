import { faults, type Mutant } from '../mutant';

/** Checkouts, pins, dist/, and what is pushed. */
export const SOURCE: readonly Mutant[] = [
  ...faults('resources/slipway/git-push.sh', 'source.ChartsPushSpec', [
    [
      'the password of git stands in an address',
      `git push --quiet "\${URL}"`,
      `git push --quiet "\${URL/:\\/\\//://\${GIT_USERNAME}:\${GIT_PASSWORD}@}"`,
      'J18: the password is asked',
    ],
    [
      'a push takes away what somebody else pushed',
      'git push --quiet',
      'git push --quiet --force',
      'somebody else pushed first',
    ],
    [
      'a server that takes no push looks like a race',
      'then exit 1; fi',
      'then exit 10; fi',
      'a server that takes no push',
    ],
    [
      'a push whose answer was lost counts as rejected',
      `if git merge-base --is-ancestor HEAD "\${tip}"; then exit 0; fi`,
      '',
      'whose answer was lost',
    ],
  ]),
  ...faults('resources/slipway/git-access.sh', 'source.ChartsPushSpec', [
    [
      'what the agent remembers is used in place of the credential',
      "GIT_CONFIG_VALUE_0=''",
      "GIT_CONFIG_VALUE_0='!:'",
      'a password that the agent remembers',
    ],
  ]),
  ...faults('resources/slipway/git-commit.sh', 'source.ChartsPushSpec', [
    ['a commit holds whatever lay there', `git add --all -- "\${listed[@]}"`, 'git add --all', 'and nothing else does'],
  ]),
  ...faults('src/slipway/source/Charts.groovy', 'source.ChartsPushSpec', [
    [
      'whether a push arrived is not known',
      'if (!committed) return false',
      'if (committed) return false',
      'somebody else pushed first',
    ],
    [
      'git may take for ever',
      "steps.timeout(time: MINUTES, unit: 'MINUTES') { result = body.call(new Shell(steps)) }",
      'result = body.call(new Shell(steps))',
      'every way to the server is limited',
    ],
  ]),
  ...faults('src/slipway/source/SynthManifests.groovy', 'source.SynthManifestsSpec', [
    [
      'dist/ may be something else than the charts give',
      'if (differing) {',
      'if (false) {',
      'differs fails with its files',
    ],
  ]),
  ...faults('resources/slipway/git-changes.sh', 'source.SynthManifestsSpec', [
    [
      'new files in dist/ are not seen',
      '--untracked-files=all',
      '--untracked-files=no',
      'that nobody renders any more',
    ],
  ]),
  ...faults('src/slipway/source/PinImage.groovy', 'source.PinImageSpec', [
    [
      'an image is pinned that its environment pulls from elsewhere',
      'if (elsewhere) {',
      'if (false) {',
      'a registry that the environment',
    ],
    [
      'a pin may be an option',
      "pattern: '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@sha256:[0-9a-f]{64})?'",
      "pattern: '.*'",
      'a pin is a tag and a digest',
    ],
  ]),
  ...faults('src/slipway/source/CheckoutSource.groovy', 'source.CheckoutSourceSpec', [
    [
      'a checkout may take for ever',
      "steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') {",
      'steps.withEnv([]) {',
      'is limited',
    ],
  ]),
];

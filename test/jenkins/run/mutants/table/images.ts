import { faults, type Mutant } from '../mutant';

/** What is built, how it is named, and how it reaches a registry. */
export const IMAGES: readonly Mutant[] = [
  ...faults('resources/slipway/registry.sh', 'images.PushImageSpec', [
    [
      'the token of ECR stands on a command line',
      `aws ecr get-login-password --region "\${ecr_region}" | crane auth login "\${registry_host}" --username AWS --password-stdin`,
      `crane auth login "\${registry_host}" --username AWS --password "$(aws ecr get-login-password --region "\${ecr_region}")"`,
      'J09: creates a repository',
    ],
    [
      "a login stays in the agent's own DOCKER_CONFIG",
      `export DOCKER_CONFIG="\${private}"`,
      `export DOCKER_CONFIG="\${HOME}/.docker"`,
      'no login is left',
    ],
    [
      'a registry that cannot be asked counts as one without the tag',
      `elif ! grep --quiet --extended-regexp 'MANIFEST_UNKNOWN|NAME_UNKNOWN' "\${DOCKER_CONFIG}/answer"; then`,
      'elif false; then',
      'a registry that cannot be asked',
    ],
  ]),
  ...faults('resources/slipway/private.sh', 'images.PushImageSpec', [
    ['the private folder outlives its script', 'trap remove_private EXIT', ':', 'no login is left'],
    ['a token is traced into the log', 'set +o xtrace', 'set -o xtrace', 'J08: logs in to Docker Hub'],
  ]),
  ...faults('resources/slipway/push-image.sh', 'images.PushImageSpec', [
    [
      'other content under a tag that is there is taken for the same',
      `[ "\${theirs}" = "\${ours}" ] ||`,
      'true ||',
      'other content under a tag',
    ],
    [
      'tags of a new repository may move',
      '--image-tag-mutability IMMUTABLE',
      '--image-tag-mutability MUTABLE',
      'J09: creates',
    ],
    ['what is there is pushed again', `if [ -z "\${theirs}" ]; then`, 'if true; then', 'is no push and no fault'],
    ['the digest is dropped', `printf '%s\\n' "\${theirs}"`, `printf '%s\\n' "\${TAG}"`, 'J09: creates'],
  ]),
  ...faults('src/slipway/images/Registry.groovy', 'images.PushImageSpec', [
    [
      'a step is called in @NonCPS',
      'if (isEcr() || user) return user',
      'steps.echo(registry)\n        if (isEcr() || user) return user',
      'J09: creates',
    ],
  ]),
  ...faults('resources/slipway/image-tag.sh', 'images.InputHashSpec', [
    ['build arguments are no input of the tag', `$(LC_ALL=C sort <<<"\${BUILD_ARGS:-}")"`, '"', 'gives another tag'],
    [
      'the Dockerfile is no input of the tag',
      `"\${INPUTS:-\${CONTEXT}}" "\${DOCKERFILE}"`,
      `"\${INPUTS:-\${CONTEXT}}"`,
      'gives another tag',
    ],
    [
      "the Dockerfile's ignore file is no input of the tag",
      `for ignored in "\${DOCKERFILE}.dockerignore" `,
      'for ignored in ',
      'gives another tag',
    ],
    ['inputs that no commit holds get a tag', `[ -z "\${changed}" ] || fail`, 'true || fail', 'refuses'],
  ]),
  ...faults('src/slipway/images/BuildImage.groovy', 'images.BuildImageSpec', [
    [
      'a build that asks no registry gets its credential, in pull requests too',
      "options.cache ? options.credentialsId : ''",
      'options.credentialsId',
      'without a cache',
    ],
    [
      'a build may take for ever',
      "steps.timeout(time: options.timeoutMinutes, unit: 'MINUTES') {",
      'steps.withEnv([]) {',
      'aborted or hung anywhere',
    ],
    ['a secret may be a build argument', '|secret|', '|', 'is refused: the history'],
  ]),
  ...faults('resources/slipway/build-image.sh', 'images.BuildImageSpec', [
    ['every build writes the cache', `[ "\${PUSH_CACHE}" != true ] || options`, 'options', 'does not write it'],
    ["the password in a clone's address becomes a label", "| sed -E 's#^([a-z+]+://)[^/@]*@#\\1#'", '', 'J06: labels'],
  ]),
];

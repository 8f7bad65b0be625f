/** What a command asks of AWS: actions of IAM. */
type Actions = readonly string[];

const PULL: Actions = ['BatchGetImage', 'GetDownloadUrlForLayer'];
/** docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html. The manifest that is there already is asked for first. */
const PUSH: Actions = [
  'BatchCheckLayerAvailability',
  'BatchGetImage',
  'CompleteLayerUpload',
  'InitiateLayerUpload',
  'PutImage',
  'UploadLayerPart',
];

/** Commands of the AWS CLI. */
const AWS: Readonly<Record<string, Actions>> = {
  'ecr get-login-password': ['GetAuthorizationToken'],
  'ecr describe-repositories': ['DescribeRepositories'],
  'ecr create-repository': ['CreateRepository'],
};
/** Commands of crane, against a registry. */
const CRANE: Readonly<Record<string, Actions>> = { auth: [], digest: ['BatchGetImage'], push: PUSH };
/** Layers that buildx keeps in a registry. */
const CACHE: Readonly<Record<string, Actions>> = { from: PULL, to: PUSH };

/** A pull by a node's container runtime, with the token that a script handed on. */
export const PULLS_OF_PODS: Actions = PULL;

/**
 * Actions of ECR that a script needs, those of the programs that it calls among them, sorted.
 * @param name of the script, for messages.
 * @throws Error at a call that is not in the tables above.
 */
export function actionsOf(name: string, script: string): string[] {
  const code = script.replace(/^\s*#.*$/gm, '');
  const look = (table: Readonly<Record<string, Actions>>, tool: string, words: string): Actions => {
    const actions = table[words];
    if (actions === undefined)
      throw new Error(
        `${name}: calls ${tool} ${words}; expected one of ${Object.keys(table).join(', ')}: test/jenkins/aws-calls.ts`,
      );
    return actions;
  };
  // Without a word behind, it is a check whether the tool is there. `digest --tarball` looks at a file.
  const actions = [
    ...[...code.matchAll(/\baws +(\S+ +\S+)/g)].map(([, words = '']) => look(AWS, 'aws', words)),
    ...[...code.matchAll(/\bcrane +(\S+)(?=\s|$)(?! +--tarball)/gm)].map(([, words = '']) =>
      look(CRANE, 'crane', words),
    ),
    ...[...code.matchAll(/--cache-(\w+) "?type=registry/g)].map(([, words = '']) =>
      look(CACHE, 'buildx --cache', words),
    ),
  ];
  return [...new Set(actions.flat())].sort();
}

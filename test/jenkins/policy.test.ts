import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionsOf, PULLS_OF_PODS } from './aws-calls';
import { ROOT } from './tools';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

const statementsOf = (policy: string): Statement[] => JSON.parse(read(`jenkins/aws/${policy}.json`)).Statement;
const listOf = (value: string | readonly string[]): readonly string[] => [value].flat();
const allowedBy = (policy: string): string[] =>
  statementsOf(policy)
    .flatMap(({ Action }) => listOf(Action))
    .sort();
const needed = (actions: readonly string[]): string[] => [...new Set(actions)].map((action) => `ecr:${action}`).sort();

const FOLDER = 'jenkins/resources/slipway';
const scripts = readdirSync(join(ROOT, FOLDER)).filter((file) => file.endsWith('.sh'));
const callsOf = (file: string): string[] => actionsOf(file, read(join(FOLDER, file)));
/** Hands a token to the cluster, and has a policy of its own: what is in a Secret may be read there. */
const HANDS_ON = 'pull-secret.sh';

describe('the policy of whoever', () => {
  it('pushes images allows what the scripts ask of AWS, and nothing beyond', () => {
    const asked = scripts.filter((file) => file !== HANDS_ON).flatMap(callsOf);
    expect(allowedBy('push-images')).toEqual(needed(asked));
  });

  it('hands a token to a cluster allows that token to pull, and nothing beyond', () => {
    expect(scripts).toContain(HANDS_ON);
    expect(allowedBy('pull-images')).toEqual(needed([...callsOf(HANDS_ON), ...PULLS_OF_PODS]));
  });

  it.each(['push-images', 'pull-images'])('%s is for the repositories that this project delivers', (policy) => {
    const jenkinsfile = read('jenkins/Jenkinsfile');
    const [, account, region] = /registry: '(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\./.exec(jenkinsfile) ?? [];
    const images = [...jenkinsfile.matchAll(/\[name: '([\w-]+)'/g)].map(([, name]) => name);
    const [token, ...others] = statementsOf(policy);
    // IAM knows no resource for a token: it is the account's.
    expect(token).toMatchObject({ Action: 'ecr:GetAuthorizationToken', Resource: '*' });
    expect(others.flatMap(({ Resource }) => listOf(Resource))).toEqual(
      images.map((image) => `arn:aws:ecr:${region}:${account}:repository/${image}`),
    );
    expect(statementsOf(policy).map(({ Effect }) => Effect)).toEqual(['Allow', 'Allow']);
  });
});

describe('the calls of a script', () => {
  it('are those of the AWS CLI, of crane and of buildx', () => {
    const script =
      'aws ecr create-repository x | crane auth login y\ncrane push a b\ndocker buildx build --cache-from "type=registry,ref=c"';
    expect(actionsOf('a.sh', script)).toEqual([
      'BatchCheckLayerAvailability',
      'BatchGetImage',
      'CompleteLayerUpload',
      'CreateRepository',
      'GetDownloadUrlForLayer',
      'InitiateLayerUpload',
      'PutImage',
      'UploadLayerPart',
    ]);
  });

  it('are none in a comment, and none where crane looks at a file', () => {
    expect(actionsOf('a.sh', '# aws s3 cp\ncrane digest --tarball a.tar')).toEqual([]);
  });

  it.each(['aws s3 cp a b', 'aws --region x ecr describe-images', 'crane delete a', 'aws ecr batch-delete-image x'])(
    'must be known: %s',
    (call) => {
      expect(() => actionsOf('a.sh', call)).toThrow('a.sh: calls');
    },
  );
});

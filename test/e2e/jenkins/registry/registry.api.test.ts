import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { RUN } from '../../api/harness/addresses';
import { type Registry, startRegistry } from './registry';

const key = { accessKeyId: 'key of the test', secretAccessKey: 'secret of the test' };
const REGION = ['--region', 'eu-central-1'];
let registry: Registry;
let folder: string;

beforeAll(async () => {
  registry = await startRegistry(key);
  folder = mkdtempSync(join(RUN, 'registry-test-'));
});
afterAll(() => registry.stop());

/** An agent: it believes who signed for the registry, has a login of its own, and maybe a key. */
const agent = (more: NodeJS.ProcessEnv = {}) => ({
  cwd: folder,
  reject: false as const,
  env: {
    SSL_CERT_FILE: registry.authority,
    AWS_CA_BUNDLE: registry.authority,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
    DOCKER_CONFIG: join(folder, 'login'),
    ...more,
  },
});
const aws = (words: readonly string[], more?: NodeJS.ProcessEnv) =>
  execa('aws', ['ecr', ...words, ...REGION], agent(more));
const crane = (...words: string[]) => execa('crane', words, agent());

async function login(): Promise<void> {
  const { stdout } = await aws(['get-login-password']);
  mkdirSync(join(folder, 'login'), { recursive: true });
  const words = ['auth', 'login', registry.host, '--username', 'AWS', '--password-stdin'];
  await execa('crane', words, { ...agent(), input: stdout, reject: true });
}

/** An archive as a build leaves it, of the fake that builds. @returns its file. */
async function build(text: string): Promise<string> {
  const context = mkdtempSync(join(folder, 'context-'));
  writeFileSync(join(context, 'Dockerfile'), `FROM scratch\n# ${text}\n`);
  const fakes = join(__dirname, '../../../../jenkins/test/fakes');
  const env = { FAKE_LOG: join(context, 'log'), FAKE_ANSWERS: context, FAKE_STATE: context };
  const archive = join(context, 'image.tar');
  await execa(join(fakes, 'bin/docker'), ['buildx', 'build', '--output', `type=docker,dest=${archive}`, '.'], {
    cwd: context,
    env,
  });
  return archive;
}

describe('the API of the registry', () => {
  it('knows no repository until one was made, and makes none twice', async () => {
    const describe = ['describe-repositories', '--repository-names', 'team/notes'];
    expect((await aws(describe)).stderr).toContain(
      "An error occurred (RepositoryNotFoundException) when calling the DescribeRepositories operation: The repository with name 'team/notes' does not exist in the registry with id '210987654321'",
    );
    const create = ['create-repository', '--repository-name', 'team/notes', '--image-tag-mutability', 'IMMUTABLE'];
    const { stdout } = await aws([...create, '--image-scanning-configuration', 'scanOnPush=true']);
    expect(JSON.parse(stdout).repository).toMatchObject({
      repositoryUri: `${registry.host}/team/notes`,
      imageTagMutability: 'IMMUTABLE',
    });
    expect((await aws(describe)).exitCode).toBe(0);
    expect((await aws(create)).stderr).toContain('(RepositoryAlreadyExistsException)');
    expect(registry.writes.filter((line) => line.startsWith('Create'))).toEqual(['CreateRepository team/notes']);
  });

  it('wants to be asked for the account that it belongs to', async () => {
    const { stderr } = await aws([
      'describe-repositories',
      '--registry-id',
      '123456789012',
      '--repository-names',
      'chat',
    ]);
    expect(stderr).toContain('(AccessDeniedException)');
  });

  it.each([
    ['a key that it does not know', { AWS_ACCESS_KEY_ID: 'key of somebody else' }, 'UnrecognizedClientException'],
    ['a wrong secret', { AWS_SECRET_ACCESS_KEY: 'guessed' }, 'InvalidSignatureException'],
  ])('refuses %s', async (_, wrong, error) => {
    expect((await aws(['get-login-password'], wrong)).stderr).toContain(error);
  });

  it('refuses calls without a signature, calls that nobody plays, and fields that it does not know', async () => {
    const unsigned = await aws(['describe-repositories', '--no-sign-request', '--repository-names', 'chat']);
    expect(unsigned.stderr).toContain('MissingAuthenticationTokenException');
    const unplayed = await aws(['delete-repository', '--repository-name', 'chat']);
    expect(unplayed.stderr).toContain('UnknownOperationException');
    const unknown = await aws(['create-repository', '--repository-name', 'chat', '--tags', 'Key=a,Value=b']);
    expect(unknown.stderr).toContain('(InvalidParameterException)');
  });
});

describe('the images of the registry', () => {
  const reference = (tag: string) => `${registry.host}/chat:${tag}`;
  beforeAll(async () => {
    const create = ['create-repository', '--repository-name', 'chat', '--image-tag-mutability', 'IMMUTABLE'];
    expect((await aws(create)).exitCode).toBe(0);
  });

  it('are nobody’s without a token that was given out', async () => {
    mkdirSync(join(folder, 'login'), { recursive: true });
    writeFileSync(join(folder, 'login/config.json'), '{}');
    expect((await crane('digest', reference('v1'))).stderr).toContain('401 Unauthorized');
    const words = ['auth', 'login', registry.host, '--username', 'AWS', '--password-stdin'];
    await execa('crane', words, { ...agent(), input: 'made up' });
    expect((await crane('digest', reference('v1'))).stderr).toContain('401 Unauthorized');
  });

  it('are what was pushed, by the digest of the archive', async () => {
    await login();
    expect((await crane('digest', reference('v1'))).stderr).toContain('MANIFEST_UNKNOWN');
    const archive = await build('one');
    const { stdout: ours } = await crane('digest', '--tarball', archive);
    const pushed = await crane('push', archive, reference('v1'));
    expect(pushed.stdout).toBe(`${registry.host}/chat@${ours}`);
    expect((await crane('digest', reference('v1'))).stdout).toBe(ours);
    const query = ['--query', 'imageDetails[0].imageDigest', '--output', 'text'];
    const described = await aws([
      'describe-images',
      '--repository-name',
      'chat',
      '--image-ids',
      'imageTag=v1',
      ...query,
    ]);
    expect(described.stdout).toBe(ours);
    expect((await registry.images()).chat).toEqual({ v1: ours });
    expect(registry.writes).toContain('PUT /v2/chat/manifests/v1');
  });

  it('keep their tags: another content is refused, the same is not', async () => {
    await login();
    const archive = await build('two');
    expect((await crane('push', archive, reference('v2'))).exitCode).toBe(0);
    expect((await crane('push', archive, reference('v2'))).exitCode).toBe(0);
    const { exitCode, stderr } = await crane('push', await build('another two'), reference('v2'));
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      "TAG_INVALID: The image tag 'v2' already exists in the 'chat' repository and cannot be overwritten because the tag is immutable.",
    );
  });

  it('are not found under a tag that nobody pushed', async () => {
    const { stderr } = await aws(['describe-images', '--repository-name', 'chat', '--image-ids', 'imageTag=v9']);
    expect(stderr).toContain('(ImageNotFoundException)');
  });

  it('have no place in a repository that nobody made', async () => {
    await login();
    const { stderr } = await crane('push', await build('one'), `${registry.host}/nobodys:v1`);
    expect(stderr).toContain("NAME_UNKNOWN: The repository with name 'nobodys' does not exist");
  });

  it('are out of reach when the token has expired', async () => {
    await login();
    registry.expireTokens();
    expect((await crane('digest', reference('v1'))).stderr).toContain('Your authorization token has expired');
  });
});

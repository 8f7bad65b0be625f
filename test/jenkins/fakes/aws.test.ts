import { join } from 'node:path';
import { createOutside, type Outside, refusal } from './outside';

const REGION = ['--region', 'eu-central-1'];
const ecr = (outside: Outside, ...words: string[]) => outside.run('aws', 'ecr', ...words, ...REGION);

describe('aws', () => {
  it('prints the token that the world has, or one that it makes up and keeps', async () => {
    const outside = createOutside();
    const { stdout } = await ecr(outside, 'get-login-password');
    expect(stdout.length).toBeGreaterThan(300);
    expect((await ecr(outside, 'get-login-password')).stdout).toBe(stdout);
    outside.write(join(outside.state, 'ecr-token'), 'planted');
    expect((await ecr(outside, 'get-login-password')).stdout).toBe('planted');
  });

  it.each([['AWS_ACCESS_KEY_ID'], ['AWS_SECRET_ACCESS_KEY']])('needs %s', async (name) => {
    const { exitCode, stderr } = await ecr(createOutside({ [name]: '' }), 'get-login-password');
    expect([exitCode, stderr]).toEqual([253, expect.stringContaining('Unable to locate credentials')]);
  });

  it('needs no key on a machine that has a role', async () => {
    const outside = createOutside({ AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
    outside.write(join(outside.state, 'instance-role'), '');
    expect((await ecr(outside, 'get-login-password')).exitCode).toBe(0);
  });

  it('needs a region, from a flag or from the environment', async () => {
    const { exitCode, stderr } = await createOutside().run('aws', 'ecr', 'get-login-password');
    expect([exitCode, stderr]).toEqual([253, expect.stringContaining('You must specify a region')]);
    expect((await createOutside({ AWS_REGION: 'eu-central-1' }).run('aws', 'ecr', 'get-login-password')).exitCode).toBe(
      0,
    );
  });

  it('never shows secrets, and trusts nobody unknown', async () => {
    for (const flag of ['--debug', '--no-verify-ssl', '--no-sign-request']) {
      expect(await ecr(createOutside(), 'get-login-password', flag)).toEqual(
        refusal('shows secrets, or trusts anybody'),
      );
    }
  });

  it('makes a repository once, and describes it then', async () => {
    const outside = createOutside();
    const describe = ['describe-repositories', '--repository-names', 'team/chat'];
    const query = ['--query', 'repositories[0].repositoryUri', '--output', 'text'];
    expect(await ecr(outside, ...describe)).toMatchObject({
      exitCode: 254,
      stderr: expect.stringContaining(
        "An error occurred (RepositoryNotFoundException) when calling the DescribeRepositories operation: The repository with name 'team/chat' does not exist in the registry with id '123456789012'",
      ),
    });
    const create = ['create-repository', '--repository-name', 'team/chat', '--image-tag-mutability', 'IMMUTABLE'];
    expect(JSON.parse((await ecr(outside, ...create)).stdout).repository).toEqual(
      expect.objectContaining({ repositoryName: 'team/chat', imageTagMutability: 'IMMUTABLE' }),
    );
    expect((await ecr(outside, ...create)).stderr).toContain('(RepositoryAlreadyExistsException)');
    expect((await ecr(outside, ...describe, ...query)).stdout).toBe(
      '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/chat',
    );
    expect(await ecr(outside, ...describe, '--query', 'length(repositories)')).toEqual(refusal('--query'));
  });

  it('refuses a mutability that ECR does not know', async () => {
    const words = ['create-repository', '--repository-name', 'chat', '--image-tag-mutability', 'immutable'];
    expect(await ecr(createOutside(), ...words)).toEqual(refusal('expected MUTABLE or IMMUTABLE'));
  });

  it('finds the images that were pushed, and says which are not there', async () => {
    const outside = createOutside();
    outside.write(join(outside.state, 'ecr/chat/IMMUTABLE'), '');
    const image = 'registries/123456789012.dkr.ecr.eu-central-1.amazonaws.com/chat/v1';
    outside.write(join(outside.state, image), 'sha256:of-v1');
    const ask = (name: string, tag: string) =>
      ecr(outside, 'describe-images', '--repository-name', name, '--image-ids', `imageTag=${tag}`);
    expect(JSON.parse((await ask('chat', 'v1')).stdout).imageDetails[0].imageDigest).toBe('sha256:of-v1');
    expect((await ask('chat', 'v2')).stderr).toContain('(ImageNotFoundException)');
    expect((await ask('notes', 'v1')).stderr).toContain('(RepositoryNotFoundException)');
  });

  it.each([
    ['ExpiredTokenException', 'The security token included in the request is expired'],
    ['AccessDeniedException', 'is not authorized to perform: ecr:GetLoginPassword'],
    [
      'ThrottlingException Rate exceeded',
      '(ThrottlingException) when calling the GetLoginPassword operation: Rate exceeded',
    ],
  ])('says %s where that was planned', async (planned, text) => {
    const outside = createOutside();
    outside.write(join(outside.answers, 'aws-ecr-get-login-password.error'), planned);
    expect(await ecr(outside, 'get-login-password')).toMatchObject({
      exitCode: 254,
      stdout: '',
      stderr: expect.stringContaining(text),
    });
  });
});

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { createOutside, type Outside, refusal } from './outside';

const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const LOGIN = `crane auth login ${HOST} --username AWS --password-stdin`;

/** A repository of ECR, who is logged in to it, and two archives. */
async function prepared(mutability = 'IMMUTABLE'): Promise<Outside> {
  const outside = createOutside();
  outside.write(join(outside.state, 'ecr-token'), 'a token');
  outside.write(join(outside.state, `ecr/chat/${mutability}`), '');
  outside.write('Dockerfile', 'FROM scratch\n');
  for (const name of ['one', 'two']) {
    const output = ['--output', `type=docker,dest=${name}.tar`, '--build-arg', `NAME=${name}`];
    await outside.run('docker', 'buildx', 'build', ...output, '.');
  }
  await outside.sh(`printf %s 'a token' | ${LOGIN}`);
  return outside;
}

describe('crane auth login', () => {
  const config = (outside: Outside) => JSON.parse(outside.read(join(String(outside.env.DOCKER_CONFIG), 'config.json')));
  const encoded = (text: string) => Buffer.from(text).toString('base64');

  it('keeps each login in the private folder, for its owner alone', async () => {
    const outside = createOutside();
    await outside.sh(`printf first | ${LOGIN}`);
    await outside.sh(`printf second | ${LOGIN}`);
    await outside.sh('printf hub | crane auth login docker.io --username ada --password-stdin');
    expect(config(outside).auths).toEqual({
      [HOST]: { auth: encoded('AWS:second') },
      'https://index.docker.io/v1/': { auth: encoded('ada:hub') },
    });
    expect(statSync(join(String(outside.env.DOCKER_CONFIG), 'config.json')).mode & 0o777).toBe(0o600);
  });

  it('takes no password from the command line', async () => {
    const words = ['crane', 'auth', 'login', HOST, '--username', 'AWS', '--password', 'seen by all'];
    expect(await createOutside().run(...words)).toEqual(refusal('--password is not played'));
  });

  it('takes none that nobody gives', async () => {
    expect(await createOutside().run('crane', 'auth', 'login', HOST, '--username', 'AWS')).toEqual(
      refusal('without --username and --password-stdin'),
    );
  });

  it('logs in with nothing where nothing came through the pipe, as the real one does', async () => {
    const outside = await prepared();
    expect((await outside.sh(`false | ${LOGIN}`)).exitCode).toBe(0);
    expect((await outside.run('crane', 'push', 'one.tar', `${HOST}/chat:1`)).stderr).toContain('401 Unauthorized');
  });

  it.each([
    ['no folder', ''],
    ['a folder that is not there', '/not/there'],
  ])('refuses %s as its private one', async (_, folder) => {
    expect(await createOutside({ DOCKER_CONFIG: folder }).sh(`echo a | ${LOGIN}`)).toEqual(refusal('DOCKER_CONFIG'));
  });

  it('refuses the user’s own folder', async () => {
    const outside = createOutside();
    const ended = await outside.sh(`mkdir ~/.docker && echo a | DOCKER_CONFIG=~/.docker ${LOGIN}`);
    expect(ended).toEqual(refusal('expected a private folder'));
  });
});

describe('crane push', () => {
  it('puts the archive under its tag, by the digest that the archive has', async () => {
    const outside = await prepared();
    const { stdout: ours } = await outside.run('crane', 'digest', '--tarball', 'one.tar');
    const { stdout } = await outside.run('crane', 'push', 'one.tar', `${HOST}/chat:1`);
    expect(stdout).toBe(`${HOST}/chat@${ours}`);
    expect((await outside.run('crane', 'digest', `${HOST}/chat:1`)).stdout).toBe(ours);
    expect((await outside.run('crane', 'digest', '--full-ref', `${HOST}/chat:1`)).stdout).toBe(stdout);
    expect((await outside.run('crane', 'manifest', `${HOST}/chat@${ours}`)).exitCode).toBe(0);
  });

  it('moves no tag of a repository whose tags are immutable', async () => {
    const outside = await prepared();
    await outside.run('crane', 'push', 'one.tar', `${HOST}/chat:1`);
    expect((await outside.run('crane', 'push', 'one.tar', `${HOST}/chat:1`)).exitCode).toBe(0);
    expect((await outside.run('crane', 'push', 'two.tar', `${HOST}/chat:1`)).stderr).toContain('TAG_INVALID');
  });

  it('moves the tags of another', async () => {
    const outside = await prepared('MUTABLE');
    await outside.run('crane', 'push', 'one.tar', `${HOST}/chat:1`);
    expect((await outside.run('crane', 'push', 'two.tar', `${HOST}/chat:1`)).exitCode).toBe(0);
  });

  it.each([
    ['a file that is not there', 'three.tar', 'chat:1', 'no such file or directory'],
    ['a file that is no image', 'Dockerfile', 'chat:1', 'manifest.json not found in tar'],
    ['an image for a repository that nobody made', 'one.tar', 'notes:1', 'NAME_UNKNOWN'],
  ])('refuses %s', async (_, archive, name, text) => {
    const outside = await prepared();
    expect(await outside.run('crane', 'push', archive, `${HOST}/${name}`)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(text),
    });
  });

  it('refuses a token that is not today’s', async () => {
    const outside = await prepared();
    outside.write(join(outside.state, 'ecr-token'), 'a newer one');
    expect((await outside.run('crane', 'push', 'one.tar', `${HOST}/chat:1`)).stderr).toContain('has expired');
  });

  it('wants a login at any other registry, too', async () => {
    const outside = await prepared();
    const push = () => outside.run('crane', 'push', 'one.tar', 'docker.io/ada/chat:1');
    expect((await push()).stderr).toContain('UNAUTHORIZED');
    await outside.sh('printf token | crane auth login docker.io --username ada --password-stdin');
    expect((await push()).exitCode).toBe(0);
    expect((await outside.run('crane', 'digest', 'ada/chat:1')).stdout).toMatch(/^sha256:[0-9a-f]{64}$/);
  });
});

describe('crane digest', () => {
  it('knows no tag that nobody pushed', async () => {
    const { exitCode, stderr } = await (await prepared()).run('crane', 'digest', `${HOST}/chat:1`);
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('MANIFEST_UNKNOWN')]);
  });

  it('takes either an archive or a reference', async () => {
    const ended = await (await prepared()).run('crane', 'digest', '--tarball', 'one.tar', `${HOST}/chat:1`);
    expect(ended).toEqual(refusal('wants 0 to 0 arguments'));
  });
});

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOutside, type Outside, refusal } from './outside';

const OUTPUT = ['--output', 'type=docker,dest=build/chat.tar'];
const build = (outside: Outside, ...words: string[]) => outside.run('docker', 'buildx', 'build', ...words, '.');

function prepared(): Outside {
  const outside = createOutside();
  outside.write('Dockerfile', 'FROM scratch\n');
  outside.write('src/main.js', 'start();\n');
  return outside;
}

/** Hash of the archive that a build leaves. */
async function hashOf(outside: Outside, ...words: string[]): Promise<string> {
  expect(await build(outside, ...OUTPUT, ...words)).toMatchObject({ exitCode: 0 });
  return sha256(readFileSync(join(outside.workspace, 'build/chat.tar')));
}

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

describe('docker buildx build', () => {
  it('writes an archive whose manifest, configuration and layer belong together', async () => {
    const outside = prepared();
    await build(outside, ...OUTPUT, '--tag', 'chat:1', '--label', `title=Ada's "chat"`, '--platform', 'linux/arm64');
    await outside.sh('mkdir out && tar -xf build/chat.tar -C out');
    const [image] = JSON.parse(outside.read('out/manifest.json'));
    const config = outside.read(`out/${image.Config}`);
    expect(image.RepoTags).toEqual(['chat:1']);
    expect(image.Config).toBe(`${sha256(config)}.json`);
    expect(JSON.parse(config)).toMatchObject({
      architecture: 'arm64',
      config: { Labels: { title: `Ada's "chat"` } },
      rootfs: { diff_ids: [`sha256:${sha256(readFileSync(join(outside.workspace, 'out', image.Layers[0])))}`] },
    });
  });

  it('gives equal bytes for equal input, whatever builds and git left behind', async () => {
    const outside = prepared();
    const before = await hashOf(outside);
    outside.write('build/report.json', '{}');
    outside.write('.git/HEAD', 'ref: refs/heads/main\n');
    outside.write('node_modules/a/index.js', '');
    expect(await hashOf(outside)).toBe(before);
    const { stdout } = await outside.sh('TZ=UTC tar --list --verbose --file build/chat.tar');
    expect(stdout.split('\n')).toEqual(stdout.match(/^-rw-r--r-- 0\/0 .* 1970-01-01 00:00 .*$/gm));
  });

  it('looks at a Dockerfile that lies beside its context', async () => {
    const outside = prepared();
    const hash = async () => {
      await outside.run('docker', 'buildx', 'build', ...OUTPUT, '--file', 'Dockerfile', 'src');
      return sha256(readFileSync(join(outside.workspace, 'build/chat.tar')));
    };
    const before = await hash();
    outside.write('Dockerfile', 'FROM scratch AS last\n');
    expect(await hash()).not.toBe(before);
  });

  it.each([
    ['a source', (outside: Outside) => outside.write('src/main.js', 'stop();\n'), []],
    ['the Dockerfile', (outside: Outside) => outside.write('Dockerfile', 'FROM scratch AS last\n'), []],
    ['a build argument', () => undefined, ['--build-arg', 'VERSION=2']],
    ['the stage', () => undefined, ['--target', 'last']],
    ['a label', () => undefined, ['--label', 'a=b']],
  ])('gives others for another value of %s', async (_, change, words) => {
    const outside = prepared();
    const before = await hashOf(outside);
    change(outside);
    expect(await hashOf(outside, ...words)).not.toBe(before);
  });

  it('writes metadata as buildx does, with a digest that no registry has', async () => {
    const outside = prepared();
    await build(outside, ...OUTPUT, '--metadata-file', 'metadata.json', '--tag', 'chat:1');
    const metadata = JSON.parse(outside.read('metadata.json'));
    expect(metadata).toMatchObject({
      'containerimage.config.digest': expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      'image.name': 'chat:1',
    });
    const { stdout } = await outside.run('crane', 'digest', '--tarball', 'build/chat.tar');
    expect(metadata['containerimage.digest']).not.toBe(stdout);
  });

  it.each([
    ['a Dockerfile', ['--file', 'other/Dockerfile'], 'failed to read dockerfile: open Dockerfile'],
    ['a folder for metadata', ['--metadata-file', 'nowhere/metadata.json'], 'open nowhere/metadata.json'],
    ['one platform', ['--platform', 'linux/amd64,linux/arm64'], 'does not support exporting manifest lists'],
    ['an image without attestations', ['--provenance=max'], 'does not support exporting manifest lists'],
    ['the variable of a secret', ['--secret', 'id=npm,env=NOT_SET'], 'environment variable NOT_SET is not set'],
    ['the file of a secret', ['--secret', 'id=npm,src=not-there'], 'failed to stat not-there'],
  ])('wants %s', async (_, words, text) => {
    expect(await build(prepared(), ...OUTPUT, ...words)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(text),
    });
  });

  it('wants a context', async () => {
    const { exitCode, stderr } = await prepared().run('docker', 'buildx', 'build', ...OUTPUT, 'nowhere');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('path "nowhere" not found')]);
  });

  it.each([
    ['the engine that an agent has not', ['--load']],
    ['a registry', ['--push']],
    ['a folder', ['--output', 'type=local,dest=out']],
    ['nobody', []],
    ['two at once', [...OUTPUT, '--output', 'type=docker,dest=other.tar']],
  ])('refuses to build for %s', async (_, words) => {
    const outside = prepared();
    expect(await build(outside, ...words)).toMatchObject({ exitCode: 64 });
    expect(existsSync(join(outside.workspace, 'build'))).toBe(false);
  });
});

describe('docker buildx', () => {
  it('keeps the remote builders that were made', async () => {
    const outside = createOutside();
    const buildx = (...words: string[]) => outside.run('docker', 'buildx', ...words);
    const create = [
      'create',
      '--name',
      'slipway',
      '--driver',
      'remote',
      '--use',
      'unix:///run/buildkit/buildkitd.sock',
    ];
    expect((await buildx('inspect', 'slipway')).stderr).toContain('no builder "slipway" found');
    expect((await buildx(...create)).stdout).toBe('slipway');
    expect((await buildx(...create)).stderr).toContain('existing instance for "slipway"');
    expect((await buildx('ls')).stdout).toBe('slipway');
    expect((await buildx('use', 'slipway')).exitCode).toBe(0);
    expect((await buildx('rm', 'slipway')).exitCode).toBe(0);
    expect((await buildx('ls')).stdout).toBe('');
  });

  it('makes none that would need an engine', async () => {
    const words = ['create', '--name', 'slipway', '--driver', 'docker-container', 'default'];
    expect(await createOutside().run('docker', 'buildx', ...words)).toEqual(refusal('expected remote'));
  });
});

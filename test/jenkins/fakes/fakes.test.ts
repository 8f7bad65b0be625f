import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { createOutside, refusal } from './outside';

const FOLDER = join(__dirname, '../../../jenkins/test/fakes');

describe('a fake', () => {
  it.each([
    ['an unknown command', ['crane', 'delete', 'a/b:1'], '`crane delete` is unknown to the flag tables'],
    ['half a command', ['crane', 'auth'], '`crane auth` is no command'],
    ['a flag that only another command knows', ['crane', 'digest', '--index', 'r.test/a:1'], 'has no flag --index'],
    ['a misspelt flag', ['docker', 'buildx', 'build', '--platforms', 'linux/amd64', '.'], 'has no flag --platforms'],
    ['a flag without its value', ['trivy', 'image', '--input'], '--input of `trivy image` wants a value'],
    [
      'a value for a flag that takes none',
      ['crane', 'push', '--index=all', 'a', 'b'],
      '--index of `crane push` takes no',
    ],
    [
      'a list without a word',
      ['aws', 'ecr', 'describe-images', '--repository-name', 'a', '--image-ids'],
      '--image-ids',
    ],
    ['a call without what it needs', ['aws', 'ecr', 'create-repository'], 'wants --repository-name'],
    ['too few arguments', ['crane', 'push', 'image.tar'], 'wants 2 to 2 arguments, not 1'],
    ['a flag that the tool knows and nobody plays', ['crane', 'push', '--index', 'a', 'b'], '--index is not played'],
    ['a value of several lines', ['crane', 'digest', '--platform', 'a\nb', 'r.test/a:1'], 'several lines'],
  ])('refuses %s', async (_, words, text) => {
    expect(await createOutside().run(...words)).toEqual(refusal(text));
  });

  it('reads flags in every place and spelling that the tool takes', async () => {
    const outside = createOutside();
    outside.write('compose.yaml', 'services:\n  web:\n    image: web:1\n');
    for (const words of [
      ['--project-name', 'p', '-f', 'compose.yaml', 'config', '--services'],
      ['--project-name=p', '--file=compose.yaml', 'config', '--services=true'],
      ['-p', 'p', 'config', '--services', '--quiet=false'],
    ]) {
      expect((await outside.run('docker', 'compose', ...words)).stdout).toBe('web');
    }
  });

  it('takes what follows two dashes for an argument', async () => {
    const { stderr } = await createOutside().run('crane', 'push', '--', '--index', 'r.test/a:1');
    expect(stderr).toContain('Error: --index: no such file');
  });

  it('logs each call as it was, refused ones too', async () => {
    const outside = createOutside();
    const words = ['crane', 'push', '--no\\such "flag"', "it's\na second line\tümlaut"];
    await outside.run(...words);
    await outside.run('trivy', 'fs', '.');
    expect(outside.calls()).toEqual([words, ['trivy', 'fs', '.']]);
  });

  it('logs where it was called', async () => {
    const outside = createOutside();
    await outside.sh('mkdir deeper && cd deeper && trivy fs .');
    expect(outside.read(String(outside.env.FAKE_LOG))).toContain(`"cwd":"${outside.workspace}/deeper"`);
  });

  it('works nowhere but in a world that was made for it', async () => {
    for (const name of ['FAKE_LOG', 'FAKE_ANSWERS', 'FAKE_STATE']) {
      const outside = createOutside({ [name]: '' });
      expect((await outside.run('trivy', 'fs', '.')).stderr).toContain(name);
    }
  });

  it('says what was planned, and does nothing then', async () => {
    const outside = createOutside();
    writeFileSync(join(outside.answers, 'docker-buildx-build.out'), 'out\n');
    writeFileSync(join(outside.answers, 'docker-buildx-build.err'), 'err\n');
    writeFileSync(join(outside.answers, 'docker-buildx-build.exit'), '7');
    const ended = await outside.run('docker', 'buildx', 'build', '--output', 'type=docker,dest=a.tar', '.');
    expect(ended).toEqual({ exitCode: 7, stdout: 'out', stderr: 'err' });
    expect(readdirSync(outside.workspace)).toEqual([]);
  });

  it('waits where it is told to hang, until it is killed', async () => {
    const outside = createOutside();
    await outside.sh(`mkfifo ${outside.answers}/trivy-fs.hang`);
    const call = execa('trivy', ['fs', '.'], { cwd: outside.workspace, env: outside.env, reject: false });
    // Opening the FIFO for writing waits for the reader: the fake has come to it. Closing lets nobody go.
    const release = await outside.sh(`: >${outside.answers}/trivy-fs.hang`);
    expect([release.exitCode, (await call).exitCode]).toEqual([0, 0]);
    const hung = execa('trivy', ['fs', '.'], { cwd: outside.workspace, env: outside.env, reject: false });
    hung.kill('SIGTERM');
    expect((await hung).signal).toBe('SIGTERM');
  });

  it('hangs on a FIFO only', async () => {
    const outside = createOutside();
    writeFileSync(join(outside.answers, 'trivy-fs.hang'), '');
    expect(await outside.run('trivy', 'fs', '.')).toEqual(refusal('is no FIFO'));
  });

  it('has a flag table for each of its tools, which says where it comes from', () => {
    const tables = readdirSync(join(FOLDER, 'flags'));
    const outside = createOutside();
    for (const tool of ['aws', 'crane', 'docker', 'hadolint', 'trivy']) expect(tables).toContain(`${tool}.txt`);
    for (const table of tables)
      expect(outside.read(join(FOLDER, 'flags', table))).toMatch(/^# .*\n(# .*\n)*# Read on 20/);
  });
});

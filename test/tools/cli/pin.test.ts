import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecaReturnValue } from 'execa';
import { copyOfRepository, filesIn, plant, run } from '../../support/copy';
import { digest } from '../deploy/images/environment';

jest.setTimeout(180_000);

const FILE = 'charts/environments/images/lab.json';
const RENDER = 'charts/assemble.ts';
const WRITE = 'tools/render/tree.ts';
/** What comes after manifests were written, and before inventories are. */
const BETWEEN = '  for (const path of written.filter(isList))';
const PIN = `4f1c2a9@${digest('chat')}`;

const slipway = (copy: string, ...args: string[]) => run(copy, 'node', 'tools/cli/bin.js', ...args);
const pin = (copy: string, ...words: string[]) => slipway(copy, 'pin', 'lab', ...words);

/** Everything that pinning may write. */
const written = (copy: string) => ({
  ...filesIn(join(copy, 'dist')),
  ...filesIn(join(copy, 'charts/environments/images')),
});
/** Paths of files that differ. */
const differing = (before: Record<string, string>, after: Record<string, string>) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => before[path] !== after[path]).sort();

/** Plants a statement between the files that a synth writes. */
const whileWriting = (copy: string, statement: string) => plant(copy, WRITE, BETWEEN, `${statement}\n${BETWEEN}`);
const whileRendering = (copy: string, statement: string) =>
  plant(copy, RENDER, '  const app = new App();', `  ${statement}\n  const app = new App();`);

describe('a pin', () => {
  const copy = copyOfRepository();
  const before = written(copy);
  let result: ExecaReturnValue;
  beforeAll(async () => {
    result = await pin(copy, `chat=${PIN}`);
  });

  it('is done', () => {
    expect({ exitCode: result.exitCode, stderr: result.stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('stands in the file of the environment, beside those that were there', () => {
    expect(JSON.parse(readFileSync(join(copy, FILE), 'utf8'))).toEqual({
      ...JSON.parse(before['lab.json'] ?? ''),
      chat: PIN,
    });
  });

  it('stands there as the formatter wants it', async () => {
    expect(await run(copy, 'node_modules/.bin/biome', 'format', FILE)).toMatchObject({ exitCode: 0 });
  });

  it('runs: dist/ names the digest', () => {
    expect(written(copy)['lab/workloads/20-chat.yaml']).toContain(`/chat:${PIN}`);
  });

  it('changes what it is about and nothing else', () => {
    expect(differing(before, written(copy))).toEqual(['inventory/lab.json', 'lab.json', 'lab/workloads/20-chat.yaml']);
  });

  it('shows what it does, as slipway diff would', () => {
    expect(result.stdout).toContain(`  chat  unreleased → ${PIN}`);
    expect(result.stdout).toMatch(
      /spec\.template\.spec\.containers\[chat\]\.image: \S+\/chat unreleased → 4f1c2a9 \(no digest → sha256:/,
    );
    expect(result.stdout).toContain('restarts pods: a changed pod template replaces every pod');
  });

  it('is what a synth makes of the file: it has nothing left to do', async () => {
    expect((await slipway(copy, 'synth')).stdout).toMatch(/: 0 written, 0 removed\.$/);
  });

  it('that stands there already says so and writes nothing', async () => {
    const stood = written(copy);
    const { exitCode, stdout } = await pin(copy, `chat=${PIN}`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'lab: pinned so already; nothing was written.' });
    expect(differing(stood, written(copy))).toEqual([]);
  });

  it('of a stock image replaces what its chart runs', async () => {
    const { stdout } = await pin(copy, `redis=8.2.9@${digest('redis')}`, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      environment: 'lab',
      file: FILE,
      pins: [{ image: 'redis', after: `8.2.9@${digest('redis')}` }],
      written: ['lab/workloads/10-redis.yaml', 'inventory/lab.json'],
      diff: { comparisons: [{ name: 'lab', status: 'compared' }] },
    });
    expect(written(copy)['lab/workloads/10-redis.yaml']).toContain(`/library/redis:8.2.9@${digest('redis')}`);
  });
});

describe('a pin that the command line has wrong', () => {
  const copy = copyOfRepository();

  it.each([
    ['without a digest, where one is demanded', ['lab', 'chat=4f1c2a9'], /^lab\.images\.pins\.chat: .* has no digest/],
    ['of an image that nothing runs', ['kind', 'chta=1'], /did you mean `chat`\?$/],
    ['of an environment that there is not', ['prodution', 'chat=1'], /did you mean `production`\?$/],
    ['that is none', ['kind'], /missing required argument 'pins'/],
  ])('ends with 2 and changes nothing: %s', async (_, args, message) => {
    const before = written(copy);
    const { exitCode, stdout, stderr } = await slipway(copy, 'pin', ...args);
    expect({ exitCode, stdout, changed: differing(before, written(copy)) }).toEqual({
      exitCode: 2,
      stdout: '',
      changed: [],
    });
    expect(stderr).toMatch(message);
  });
});

describe('a pin that is not carried through', () => {
  it.each<[string, (copy: string) => void, RegExp]>([
    ['a chart refuses', (copy) => whileRendering(copy, "throw new Error('refused by a chart');"), /refused by a chart/],
    [
      'a type is wrong',
      (copy) => plant(copy, 'charts/lib/web-app-objects.ts', 'minReadySeconds: 5,', 'minReadySecond: 5,'),
      /web-app-objects\.ts\(\d+,/,
    ],
    ['a file cannot be written', (copy) => whileWriting(copy, "throw new Error('disk full');"), /disk full/],
    [
      'the environment does not read the file',
      (copy) => plant(copy, 'charts/environments/lab.ts', "'./images/lab.json'", "'./images/kind.json'"),
      /^lab\.images\.pins: is not what charts\/environments\/images\/lab\.json holds/,
    ],
    [
      'somebody else pins meanwhile',
      (copy) => whileRendering(copy, `require('node:fs').appendFileSync('${FILE}', ' ');`),
      /lab\.json: was changed by somebody else meanwhile/,
    ],
  ])('because %s leaves every byte as it was, and ends with 1', async (reason, spoil, message) => {
    const copy = copyOfRepository();
    const before = written(copy);
    spoil(copy);
    const { exitCode, stdout, stderr } = await pin(copy, `chat=${PIN}`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(message);
    const theirs = reason.startsWith('somebody else') ? ['lab.json'] : [];
    expect(differing(before, written(copy))).toEqual(theirs);
  });

  it('because it was stopped leaves every byte as it was', async () => {
    const copy = copyOfRepository();
    const before = written(copy);
    whileRendering(copy, "process.kill(process.pid, 'SIGTERM');");
    expect(await pin(copy, `chat=${PIN}`)).toMatchObject({ signal: 'SIGTERM' });
    expect(differing(before, written(copy))).toEqual([]);
  });
});

describe('a pin that is stopped while it writes', () => {
  it('is carried through: nothing is left half', async () => {
    const copy = copyOfRepository();
    const stop = "process.kill(process.pid, 'SIGTERM');";
    whileWriting(copy, stop);
    expect(await pin(copy, `chat=${PIN}`)).toMatchObject({ exitCode: 0 });
    plant(copy, WRITE, stop, '');
    expect((await slipway(copy, 'synth')).stdout).toMatch(/: 0 written, 0 removed\.$/);
  });
});

describe('a pin of a file that was written by hand', () => {
  it('brings dist/ along, where a synth was forgotten', async () => {
    const copy = copyOfRepository();
    writeFileSync(join(copy, FILE), JSON.stringify({ chat: PIN }));
    const { stdout } = await pin(copy, `chat=${PIN}`);
    expect(stdout).toContain(`${FILE}: pinned so already; dist/ was not as the charts have it`);
    expect(written(copy)['lab/workloads/20-chat.yaml']).toContain(`/chat:${PIN}`);
  });
});

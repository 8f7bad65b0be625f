import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createOutside, type Ended, type Outside, refusal } from './outside';

const FIXTURE = join(__dirname, '../../../jenkins/test/fixtures/charts');
const WORKLOADS = 'dist/production/workloads/20-apps.yaml';
const CLUSTER = ['production', '--yes', '--kubeconfig', 'kubeconfig'];

const slipway = (outside: Outside, ...words: string[]) => outside.run('node', 'tools/cli/bin.js', ...words);
const told = ({ stdout }: Ended) => JSON.parse(stdout);
/** Commits what is there. */
const commit = (outside: Outside) =>
  outside.sh('git add --all && git -c user.name=a -c user.email=a@b.c commit -qm work');

/** The checkout of the specs with its dist/, and the kubeconfig of a cluster that runs nothing. */
async function prepared(): Promise<Outside> {
  const outside = createOutside();
  cpSync(FIXTURE, outside.workspace, { recursive: true });
  outside.write('.gitignore', 'kubeconfig\ndiagnostics\n');
  outside.write('kubeconfig', '');
  await outside.sh('chmod 600 kubeconfig && git init -q');
  await slipway(outside, 'synth');
  await commit(outside);
  return outside;
}

/** Changes the charts of production, with what they render. */
async function scale(outside: Outside, replicas: number): Promise<void> {
  await outside.sh(`sed -i 's/replicas: .*/replicas: ${replicas},/' charts/environments/production.ts`);
  await slipway(outside, 'synth');
  await commit(outside);
}

describe('the fake node', () => {
  it('is the real one for all but the checkout of the specs', async () => {
    const outside = createOutside();
    expect((await outside.run('node', '--version')).stdout).toBe(process.version);
    outside.write('tools/cli/bin.js', 'console.log(process.argv.slice(2).join());\n');
    expect((await slipway(outside, 'a b', 'c')).stdout).toBe('a b,c');
  });
});

describe('slipway', () => {
  it('refuses a command and a flag that the real one does not have, and what nobody plays', async () => {
    const outside = await prepared();
    expect(await slipway(outside, 'release')).toEqual(refusal('`slipway release` is unknown'));
    expect(await slipway(outside, 'deploy', 'production', '--force')).toEqual(refusal('has no flag --force'));
    expect(await slipway(outside, 'platform')).toEqual(refusal('is not played'));
  });

  it('synth writes what differs, of one environment or all', async () => {
    const outside = await prepared();
    expect(outside.read(WORKLOADS)).toMatch(/# {3}replicas: 3,\n[\s\S]*\nhello: 000000000001@sha256:0+2\n$/);
    await outside.sh('rm -r dist/lab dist/production');
    expect((await slipway(outside, 'synth', 'production')).stdout).toBe('1 written');
    expect((await slipway(outside, 'synth')).stdout).toBe('1 written');
    expect((await slipway(outside, 'synth')).stdout).toBe('0 written');
  });

  it('images and pin read the pins; a pin is rendered, and one of nothing refused', async () => {
    const outside = await prepared();
    const repository = '210987654321.dkr.ecr.eu-central-1.amazonaws.com/hello';
    const [, hello] = told(await slipway(outside, 'images', 'production')).images;
    expect(hello).toEqual({ name: 'hello', repository, tag: '000000000001' });
    const done = told(await slipway(outside, 'pin', 'production', 'hello=2@sha256:b'));
    expect(done.pins.map(({ after }: { after: string }) => after)).toEqual(['2@sha256:b']);
    expect(done.written).toEqual(['production/workloads/20-apps.yaml']);
    expect(outside.read(WORKLOADS)).toContain('hello: 2@sha256:b');
    expect(told(await slipway(outside, 'pin', 'production', 'hello=2@sha256:b')).pins).toEqual([]);
    expect((await slipway(outside, 'pin', 'production', 'shop=2@sha256:b')).exitCode).toBe(2);
  });

  it('diff shows what dist/ does, and ends with 1 then', async () => {
    const outside = await prepared();
    expect(await slipway(outside, 'diff')).toMatchObject({ exitCode: 0, stdout: 'Nothing changes.' });
    await scale(outside, 5);
    const { exitCode, stdout } = await slipway(outside, 'diff', '--base', 'HEAD~1', '--markdown');
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('+#   replicas: 5')]);
  });

  it.each([
    ['no kubeconfig', 'rm kubeconfig', 'is not there'],
    ['a kubeconfig that others may read', 'chmod 640 kubeconfig', 'others may read it'],
    ['a change that is not committed', 'echo >>package.json', 'uncommitted'],
    ['a dist/ that is not what the charts give', `echo >>${WORKLOADS}; echo x >>${WORKLOADS}`, 'stale'],
    ['no environment of that name', 'rm charts/environments/production.ts', 'unknown environment'],
  ])('deploy refuses %s', async (_, line, text) => {
    const outside = await prepared();
    await outside.sh(line);
    const { exitCode, stderr } = await slipway(outside, 'deploy', ...CLUSTER);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(text)]);
    expect(existsSync(join(outside.state, 'slipway-production.revisions'))).toBe(false);
  });

  it('deploy remembers revisions, does nothing twice and nothing in a dry run', async () => {
    const outside = await prepared();
    const deploy = async (...more: string[]) => told(await slipway(outside, 'deploy', ...CLUSTER, ...more)).result;
    expect([await deploy('--dry-run'), await deploy(), await deploy()]).toEqual(['dry-run', 'deployed', 'unchanged']);
    await scale(outside, 5);
    expect(await deploy()).toBe('deployed');
    const history = told(await slipway(outside, 'history', 'production', '--kubeconfig', 'kubeconfig'));
    expect(history.map(({ status }: { status: string }) => status)).toEqual(['superseded', 'deployed']);
    expect(`${history[1].dist}\n`).toBe(outside.read(WORKLOADS));
  });

  it('a release that fails is followed by what ran before, or by nothing', async () => {
    const outside = await prepared();
    const failing = async () => {
      outside.write(join(outside.answers, 'slipway-deploy.error'), 'no "image"\n');
      const ended = await slipway(outside, 'deploy', ...CLUSTER);
      await outside.sh(`rm ${outside.answers}/slipway-deploy.error`);
      return [ended.exitCode, told(ended)];
    };
    expect(await failing()).toEqual([1, expect.objectContaining({ result: 'removed', reason: 'no "image"' })]);
    expect(outside.read('diagnostics/production-now/reason.txt')).toBe('no "image"\n');
    await slipway(outside, 'deploy', ...CLUSTER);
    await scale(outside, 5);
    expect(await failing()).toEqual([1, expect.objectContaining({ result: 'restored', revision: 2 })]);
    expect(told(await slipway(outside, 'rollback', 'production', '2', ...CLUSTER.slice(1))).result).toBe('unchanged');
  });

  it('rollback goes back to a revision, or to the last one that differs', async () => {
    const outside = await prepared();
    for (const replicas of [3, 4, 5]) {
      await scale(outside, replicas);
      await slipway(outside, 'deploy', ...CLUSTER);
    }
    const running = () => outside.read(join(outside.state, 'slipway-production.revisions')).trim().split('\n').at(-1);
    expect(told(await slipway(outside, 'rollback', ...CLUSTER)).revision).toBe(4);
    expect(running()).toContain('replicas: 4');
    await slipway(outside, 'rollback', 'production', '1', ...CLUSTER.slice(1));
    expect(running()).toContain('replicas: 3');
    expect((await slipway(outside, 'rollback', 'production', '9', ...CLUSTER.slice(1))).exitCode).toBe(2);
  });

  it('secrets keeps hashes, and knows what changed', async () => {
    const outside = await prepared();
    const given = `SLIPWAY_SECRET_A=one node tools/cli/bin.js secrets production --kubeconfig kubeconfig`;
    expect(told(await outside.sh(given)).changed).toEqual(['SLIPWAY_SECRET_A']);
    expect(told(await outside.sh(given)).changed).toEqual([]);
    expect(told(await outside.sh(given.replace('one', 'two'))).changed).toEqual(['SLIPWAY_SECRET_A']);
    expect(outside.read(join(outside.state, 'slipway-production.secrets'))).toMatch(
      /^SLIPWAY_SECRET_A [0-9a-f]{64}\n$/,
    );
  });
});

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import execa from 'execa';
import { openBundle } from '../../../tools/deploy/bundle';
import { writeChart } from '../../../tools/deploy/release/chart';
import { upgrade } from '../../../tools/deploy/release/helm';
import type { Status } from '../../../tools/deploy/status';
import { createCheckout } from './harness/checkout';
import { startCluster } from './harness/cluster';
import { fillIn } from './harness/fill-in';

const ROOT = join(__dirname, '../../..');
const FOLDER = 'dist/production/workloads';

/** What a commit's `dist/` holds, by name of file. */
async function filesAt(commit: string): Promise<ReadonlyMap<string, string>> {
  const git = async (...words: string[]) => (await execa('git', words, { cwd: ROOT, stripFinalNewline: false })).stdout;
  const paths = (await git('ls-tree', '-r', '--name-only', commit, FOLDER)).trim().split('\n');
  const texts = await Promise.all(paths.map((path) => git('show', `${commit}:${path}`)));
  return new Map(paths.map((path, index) => [path.slice(FOLDER.length + 1), fillIn(texts[index] ?? '')]));
}

/** The newest commit whose workloads are not what they are now. */
async function previousCommit(): Promise<string> {
  const { stdout } = await execa('git', ['log', '--format=%H', '--', FOLDER], { cwd: ROOT });
  for (const commit of stdout.split('\n')) {
    const { exitCode } = await execa('git', ['diff', '--quiet', commit, '--', FOLDER], { cwd: ROOT, reject: false });
    if (exitCode === 1) return commit;
  }
  throw new Error(`${FOLDER} has no earlier version; a clone of the last commit alone has none`);
}

it('what the previous version of dist/ released is upgraded in place: nothing fixed has changed, claims stay', async () => {
  const [cluster, checkout] = await Promise.all([startCluster('production'), createCheckout()]);
  const admin = { kubeconfig: cluster.adminKubeconfig };
  expect(await checkout.slipway(['platform', 'production', '--yes'], admin)).toMatchObject({ exitCode: 0 });
  const deployer = { kubeconfig: await cluster.deployerKubeconfig() };
  expect(await checkout.slipway(['secrets', 'production', '--generate'], deployer)).toMatchObject({ exitCode: 0 });

  const commit = await previousCommit();
  const files = await filesAt(commit);
  const bundle = openBundle(join(checkout.folder, 'dist'), 'production', ['production']);
  const hash = createHash('sha256').update(commit).digest('hex');
  const chart = writeChart({ ...bundle, files, hash }, { commit, by: 'the previous release' });
  const named = { target: deployer, namespace: cluster.namespace, name: 'production' };
  const first = { chart: chart.path, timeout: 100, adopt: false, description: 'the previous version' };
  expect(await upgrade(named, first).ended).toMatchObject({ ok: true });
  chart.remove();
  const claims = async () =>
    (await cluster.api.list(`/api/v1/namespaces/${cluster.namespace}/persistentvolumeclaims`)).map(
      ({ metadata }) => metadata.uid,
    );
  const before = await claims();

  const { stdout } = await checkout.slipway(['deploy', 'production', '--yes', '--json'], deployer);
  expect(JSON.parse(stdout)).toMatchObject({ result: 'deployed', revision: 2 });
  expect(await claims()).toEqual(before);
  const status: Status = JSON.parse((await checkout.slipway(['status', 'production', '--json'], deployer)).stdout);
  expect(status).toMatchObject({ faults: [], release: { revision: 2 } });
});

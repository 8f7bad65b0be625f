import execa from 'execa';
import { isReadyPod } from '../../../tools/deploy/rollout/scene';
import { type Checkout, createCheckout } from './harness/checkout';
import { type Cluster, startCluster } from './harness/cluster';
import { until } from './harness/process';
import { podsOf } from './harness/sampling';
import type { State } from './harness/state';
import { releasedVersions } from './harness/versions';

/** Who has nothing but kubectl gets the same objects; waiting and going back are then theirs. */
async function bringByKubectl(cluster: Cluster, checkout: Checkout): Promise<void> {
  const { environment, objects } = cluster.inventory;
  const folders = ['platform', 'workloads'].flatMap((part) => ['-f', `dist/${environment}/${part}`]);
  const apply = () =>
    execa('kubectl', ['--kubeconfig', cluster.adminKubeconfig, 'apply', '--server-side', ...folders], {
      cwd: checkout.folder,
    });
  const { stdout } = await apply();
  expect(stdout.split('\n')).toHaveLength(objects.length);
  await until('every pod is ready', async () => {
    const deployments = await cluster.api.list<Scaled>(`/apis/apps/v1/namespaces/${cluster.namespace}/deployments`);
    const sets = await cluster.api.list<Scaled>(`/apis/apps/v1/namespaces/${cluster.namespace}/statefulsets`);
    return [...deployments, ...sets].every(({ spec, status }) => status.readyReplicas === spec.replicas);
  });
  const settled = await cluster.state();
  await apply();
  expect(await cluster.state()).toEqual(settled);
}

describe.each(['lab', 'kind'])('kubectl alone, with dist/%s', (environment) => {
  it('brings an empty cluster to what dist/ holds, and a second time changes nothing', async () => {
    const [cluster, checkout] = await Promise.all([startCluster(environment), createCheckout()]);
    await bringByKubectl(cluster, checkout);
    checkout.remove();
    await cluster.stop();
  });
});

/** Each test goes on where the one before ended. */
describe('who began with kubectl and goes on with slipway', () => {
  let cluster: Cluster;
  let checkout: Checkout;
  let deployer: string;
  beforeAll(async () => {
    [cluster, checkout] = await Promise.all([startCluster('production'), createCheckout()]);
  });
  afterAll(async () => {
    checkout.remove();
    await cluster.stop();
  });
  const slipway = (command: string, ...words: string[]) =>
    checkout.slipway([command, 'production', ...words], { kubeconfig: deployer });
  const workloads = ['chat', 'hello', 'redis'];
  const pods = async () =>
    (await Promise.all(workloads.map((name) => podsOf(cluster, name)))).flat().map(({ metadata: { uid } }) => uid);

  it('has everything that dist/production holds', async () => {
    await bringByKubectl(cluster, checkout);
    deployer = await cluster.deployerKubeconfig();
  });

  it('has a platform that is nothing to change: kubectl owns its fields, and their values are the same', async () => {
    const before = await cluster.state();
    const { exitCode, stdout, stderr } = await checkout.slipway(['platform', 'production', '--yes'], {
      kubeconfig: cluster.adminKubeconfig,
    });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/platform of production: nothing to change$/);
    expect(exitCode).toBe(0);
    expect(await cluster.state()).toEqual(before);
  });

  it('gives the Secrets', async () => {
    expect(await slipway('secrets', '--generate')).toMatchObject({ exitCode: 0 });
  });

  it('is told of every object that no release made, and nothing is changed', async () => {
    const before = await cluster.state();
    const { exitCode, stderr } = await slipway('deploy', '--yes');
    for (const { file, kind, name } of cluster.inventory.objects) {
      if (!file.startsWith('workloads/')) continue;
      expect(stderr).toContain(`${kind} chat/${name}: is there already and belongs to no release`);
    }
    expect(stderr).toContain('slipway deploy --adopt');
    expect(exitCode).toBe(2);
    expect(await cluster.state()).toEqual(before);
  });

  it('has them taken over, and no pod restarts for it', async () => {
    const before = await pods();
    const { exitCode, stdout } = await slipway('deploy', '--yes', '--adopt');
    expect(stdout).toMatch(/production runs revision 2, commit \w+; verified$/);
    expect(exitCode).toBe(0);
    expect(await pods()).toEqual(before);
    expect((await podsOf(cluster, 'chat')).every(isReadyPod)).toBe(true);
  });

  it('finds nothing to do afterwards, and no drift', async () => {
    const before = await releasedVersions(cluster);
    const { stdout } = await slipway('deploy', '--yes');
    expect(stdout).toMatch(/production: nothing to change; it runs revision 2/);
    expect(await releasedVersions(cluster)).toEqual(before);
    expect(await slipway('drift')).toMatchObject({ exitCode: 0 });
  });
});

describe('a takeover that fails', () => {
  it('leaves what kubectl made as it was, and deletes nothing', async () => {
    const [cluster, checkout] = await Promise.all([startCluster('production'), createCheckout()]);
    const apply = (part: string) =>
      cluster.kubectl('apply', '--server-side', '-f', `${checkout.folder}/dist/production/${part}`);
    await apply('platform');
    const kubeconfig = await cluster.deployerKubeconfig();
    await checkout.slipway(['secrets', 'production', '--generate'], { kubeconfig });
    await apply('workloads');
    await until('chat is ready', async () => (await podsOf(cluster, 'chat')).filter(isReadyPod).length === 3);
    const before = await cluster.state();

    await checkout.pin('production', { hello: 'v2-broken' });
    await checkout.commit();
    const deploy = ['deploy', 'production', '--yes', '--adopt', '--json'];
    const { stdout } = await checkout.slipway(deploy, { kubeconfig });
    expect(JSON.parse(stdout)).toMatchObject({
      result: 'restored',
      revision: 1,
      reason: expect.stringMatching(/ImagePullBackOff/),
    });
    expect(withoutMarks(await cluster.state())).toEqual(before);
    const history = await checkout.slipway(['history', 'production'], { kubeconfig });
    expect(history.stdout).toContain('as it was found before slipway took it over');
  });
});

/** Without what Helm notes on what it took over. */
const withoutMarks = (state: State): unknown =>
  JSON.parse(JSON.stringify(state, (key, value) => (key.startsWith('meta.helm.sh/') ? undefined : value)));

interface Scaled {
  readonly spec: { readonly replicas: number };
  readonly status: { readonly readyReplicas?: number };
}

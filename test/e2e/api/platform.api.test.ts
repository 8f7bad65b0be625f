import type { Checkout } from './harness/checkout';
import { createCheckout } from './harness/checkout';
import { type Cluster, startCluster } from './harness/cluster';

let cluster: Cluster;
let checkout: Checkout;
const platform = (...words: string[]) =>
  checkout.slipway(['platform', 'production', ...words], { kubeconfig: cluster.adminKubeconfig });

beforeAll(async () => {
  [cluster, checkout] = await Promise.all([startCluster('production'), createCheckout()]);
});

const KINDS = 'namespaces,resourcequotas,limitranges,networkpolicies,storageclasses,serviceaccounts,roles,rolebindings';

/** Versions of everything that a platform holds, by name: equal means that nothing was written. */
async function versions(): Promise<string> {
  const list = await cluster.kubectl('get', KINDS, '--all-namespaces', '--output', 'name');
  const where = ['--all-namespaces', '--output', 'jsonpath={.items[*].metadata.resourceVersion}'];
  return `${list}\n${await cluster.kubectl('get', KINDS, ...where)}`;
}

describe('slipway platform', () => {
  it('shows on an empty cluster what it would make, and makes nothing', async () => {
    const before = await versions();
    const { exitCode, stdout } = await platform('--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')[0]).toBe('cluster: https://api.production.internal:6443');
    expect(stdout).toContain('+ Namespace chat');
    expect(stdout).toContain('+ Role chat/deployer');
    expect(await versions()).toBe(before);
  });

  it('does nothing that nobody could be asked about', async () => {
    const { exitCode, stderr } = await platform();
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--yes');
    expect(await cluster.api.find('/api/v1/namespaces/chat')).toBeUndefined();
  });

  it('makes everything, as a manager of its own', async () => {
    const { exitCode, stdout, stderr } = await platform('--yes');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/platform of production: applied, \d+ objects$/);
    const namespace = await cluster.api.get('/api/v1/namespaces/chat');
    expect(namespace.metadata.managedFields?.map(({ manager }) => manager)).toContain('slipway-platform-production');
  });

  it('writes nothing the second time', async () => {
    const before = await versions();
    const { exitCode, stdout } = await platform('--yes');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/platform of production: nothing to change$/);
    expect(await versions()).toBe(before);
  });

  it('names who owns a field that would change, and takes it over only when told to', async () => {
    const pods = () => cluster.kubectl('get', 'quota', 'chat', '-n', 'chat', '-o', 'jsonpath={.spec.hard.pods}');
    const wanted = await pods();
    const patch = JSON.stringify({ spec: { hard: { pods: '7' } } });
    await cluster.kubectl('patch', 'quota', 'chat', '-n', 'chat', '--type=merge', '-p', patch);

    const refused = await platform('--yes');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toMatch(/ResourceQuota chat\/chat: \.spec\.hard\.pods belongs to kubectl-patch/);
    expect(refused.stderr).toContain('--adopt');
    expect(await pods()).toBe('7');

    expect((await platform('--yes', '--adopt')).exitCode).toBe(0);
    expect(await pods()).toBe(wanted);
  });

  it('names what this environment no longer has, leaves it, and leaves out what another one has', async () => {
    const metadata = (name: string) => ({ name, labels: { 'app.kubernetes.io/managed-by': 'slipway' } });
    const storageClass = (name: string) => ({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: metadata(name),
      provisioner: 'kubernetes.io/no-provisioner',
    });
    await cluster.api.apply(storageClass('old'), { manager: 'slipway-platform-production' });
    await cluster.api.apply(storageClass('others'), { manager: 'slipway-platform-lab' });

    const { exitCode, stdout } = await platform('--yes', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ result: 'unchanged', leftovers: ['StorageClass old'] });
    expect(await cluster.api.find('/apis/storage.k8s.io/v1/storageclasses/old')).toBeDefined();
  });

  it('refuses the cluster of another environment', async () => {
    const { exitCode, stderr } = await checkout.slipway(['platform', 'lab', '--yes'], {
      kubeconfig: cluster.adminKubeconfig,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('https://api.lab.internal:6443');
  });

  it('says what who asks may not do, and changes nothing', async () => {
    const before = await versions();
    const { exitCode, stderr } = await checkout.slipway(['platform', 'production', '--yes'], {
      kubeconfig: await cluster.deployerKubeconfig(),
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('forbidden');
    expect(await versions()).toBe(before);
  });
});

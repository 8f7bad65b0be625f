import execa from 'execa';
import { createCheckout } from './harness/checkout';
import { startCluster } from './harness/cluster';
import { until } from './harness/process';

/** Who has nothing but kubectl gets the same objects; waiting and going back are then theirs. */
describe.each(['production', 'lab', 'kind'])('kubectl alone, with dist/%s', (environment) => {
  it('brings an empty cluster to what dist/ holds, and a second time changes nothing', async () => {
    const cluster = await startCluster(environment);
    const checkout = await createCheckout();
    const folders = ['platform', 'workloads'].flatMap((part) => ['-f', `dist/${environment}/${part}`]);
    const apply = () =>
      execa('kubectl', ['--kubeconfig', cluster.adminKubeconfig, 'apply', '--server-side', ...folders], {
        cwd: checkout.folder,
      });

    const { stdout } = await apply();
    expect(stdout.split('\n')).toHaveLength(cluster.inventory.objects.length);
    await until('every pod is ready', async () => {
      const deployments = await cluster.api.list<Scaled>(`/apis/apps/v1/namespaces/${cluster.namespace}/deployments`);
      const sets = await cluster.api.list<Scaled>(`/apis/apps/v1/namespaces/${cluster.namespace}/statefulsets`);
      return [...deployments, ...sets].every(({ spec, status }) => status.readyReplicas === spec.replicas);
    });
    const settled = await cluster.state();
    await apply();
    expect(await cluster.state()).toEqual(settled);
    checkout.remove();
    await cluster.stop();
  });
});

interface Scaled {
  readonly spec: { readonly replicas: number };
  readonly status: { readonly readyReplicas?: number };
}

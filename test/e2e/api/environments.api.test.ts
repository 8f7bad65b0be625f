import execa from 'execa';
import type { LiveObject } from '../../../tools/deploy/api/client';
import { type Checkout, createCheckout, type Ended } from './harness/checkout';
import { type Cluster, startCluster } from './harness/cluster';
import { releasedVersions } from './harness/versions';

interface Event extends LiveObject {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly involvedObject: { readonly kind: string; readonly name: string };
}

/** Each test goes on where the one before ended, as the first day of an environment does. */
describe.each(['production', 'lab', 'kind'])('the first deploy of %s', (environment) => {
  let cluster: Cluster;
  let checkout: Checkout;
  let deployer: string;
  beforeAll(async () => {
    cluster = await startCluster(environment);
    checkout = await createCheckout();
  });
  afterAll(async () => {
    checkout.remove();
    await cluster.stop();
  });

  const done = ({ exitCode, stdout, stderr }: Ended) => {
    if (exitCode !== 0) throw new Error(`ended with code ${exitCode}: ${stdout}${stderr}`);
    return stdout;
  };
  const asDeployer = (...words: string[]) => checkout.slipway(words, { kubeconfig: deployer });
  const events = () => cluster.api.list<Event>(`/api/v1/namespaces/${cluster.namespace}/events`);

  it("begins with the administrator's part", async () => {
    done(await checkout.slipway(['platform', environment, '--yes'], { kubeconfig: cluster.adminKubeconfig }));
    deployer = await cluster.deployerKubeconfig();
  });

  it('takes every Secret of the contract from the deployer', async () => {
    done(await asDeployer('secrets', environment, '--generate'));
    done(await asDeployer('secrets', environment, '--check'));
  });

  it('passes a strict dry run of the server, where a warning is an error', async () => {
    const strictly = ['apply', '--server-side', '--dry-run=server', '--validate=strict', '--warnings-as-errors'];
    const dryRun = (kubeconfig: string, part: string, manager: string) =>
      execa(
        'kubectl',
        ['--kubeconfig', kubeconfig, ...strictly, `--field-manager=${manager}`, '-f', `dist/${environment}/${part}`],
        { cwd: checkout.folder },
      );
    await dryRun(deployer, 'workloads', 'helm');
    await dryRun(cluster.adminKubeconfig, 'platform', `slipway-platform-${environment}`);
  });

  it('comes about with the rights of the deployer alone', async () => {
    done(await asDeployer('deploy', environment, '--yes'));
    expect(cluster.ingress.asked).toHaveLength(cluster.inventory.smoke.length);
  });

  it('is rejected by no admission', async () => {
    const rejected = (await events()).filter(({ reason }) => reason === 'FailedCreate');
    expect(rejected.map(({ involvedObject, message }) => `${involvedObject.name}: ${message}`)).toEqual([]);
  });

  it('leaves every pod ready, on the image that dist/ names', async () => {
    const pods = await cluster.api.list<Pod>(`/api/v1/namespaces/${cluster.namespace}/pods`);
    expect(pods.length).toBeGreaterThan(0);
    for (const { spec, status } of pods) {
      expect(status.containerStatuses.map(({ ready }) => ready)).not.toContain(false);
      for (const [index, { image }] of spec.containers.entries()) {
        const [, digest = ''] = image.split('@');
        expect(status.containerStatuses[index]?.imageID).toContain(digest);
      }
    }
  });

  it('leaves nothing for a second one to do', async () => {
    const before = await releasedVersions(cluster);
    const releases = await records(cluster);
    expect(done(await asDeployer('deploy', environment, '--yes'))).toContain('nothing to change');
    expect(await releasedVersions(cluster)).toEqual(before);
    expect(await records(cluster)).toEqual(releases);
  });

  it('leaves no drift', async () => {
    done(await asDeployer('drift', environment));
  });

  it('is explained by status and history', async () => {
    done(await asDeployer('status', environment));
    expect(done(await asDeployer('history', environment))).toContain(
      (await checkout.git('rev-parse', 'HEAD')).slice(0, 7),
    );
  });
});

interface Pod extends LiveObject {
  readonly spec: { readonly containers: readonly { readonly image: string }[] };
  readonly status: {
    readonly containerStatuses: readonly { readonly ready: boolean; readonly imageID: string }[];
  };
}

/** Names of Helm's records of releases. */
const records = async ({ api, namespace }: Cluster): Promise<string[]> =>
  (await api.list(`/api/v1/namespaces/${namespace}/secrets`, { fieldSelector: 'type=helm.sh/release.v1' })).map(
    ({ metadata }) => metadata.name,
  );

import { join } from 'node:path';
import execa from 'execa';
import { Api } from '../../../tools/deploy/api/client';
import { openBundle } from '../../../tools/deploy/bundle';
import { drift, hasDrifted } from '../../../tools/deploy/drift';
import { showConflict } from '../../../tools/deploy/live/conflicts';
import { comparisonOf, isEqual, preview } from '../../../tools/deploy/live/preview';
import { writeChart } from '../../../tools/deploy/release/chart';
import type { Manifest } from '../../../tools/render/order';
import { type Checkout, createCheckout } from './harness/checkout';
import { type Cluster, startCluster } from './harness/cluster';
import { until } from './harness/process';

const RELEASE = { name: 'production', namespace: 'chat' };
const OWNER = { manager: 'helm', release: RELEASE };

let cluster: Cluster;
let checkout: Checkout;
let kubeconfig: string;
/** As the deployer, who may do nothing outside its namespace. */
let api: Api;
let objects: readonly Manifest[];

const kubectl = (...words: string[]) => cluster.kubectl('--namespace', 'chat', ...words);
const named = (kind: string, name: string): Manifest => {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (!found) throw new Error(`${kind} ${name} is not rendered`);
  return JSON.parse(JSON.stringify(found));
};
const slipway = (...words: string[]) => checkout.slipway(words, { kubeconfig });

/** What tests lay hands on. */
const TOUCHED = ['deployment/chat', 'deployment/hello', 'service/hello', 'configmap/hello'];

/** Releases with Helm alone, over whatever somebody did: what the next test starts from. */
async function release(): Promise<void> {
  await kubectl('delete', '--ignore-not-found', ...TOUCHED);
  const chart = writeChart(openBundle(join(checkout.folder, 'dist'), 'production', ['production']), {
    commit: 'c0ffee',
    by: 'a test',
  });
  const words = ['upgrade', '--install', 'production', chart.path, '--namespace', 'chat', '--kubeconfig', kubeconfig];
  await execa('helm', [...words, '--server-side=true', '--force-conflicts', '--take-ownership', '--wait=hookOnly']);
  chart.remove();
}

beforeAll(async () => {
  [cluster, checkout] = await Promise.all([startCluster('production'), createCheckout()]);
  const { exitCode, stderr } = await checkout.slipway(['platform', 'production', '--yes'], {
    kubeconfig: cluster.adminKubeconfig,
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  kubeconfig = await cluster.deployerKubeconfig();
  api = await Api.open({ kubeconfig });
  objects = openBundle(join(checkout.folder, 'dist'), 'production', ['production']).workloads.objects;
});
afterAll(() => api?.close());

describe('before the first release', () => {
  it('everything is new, and nothing that the server makes up shows', async () => {
    const [one, two] = [await preview(api, objects, [], OWNER), await preview(api, objects, [], OWNER)];
    expect(one.refused).toEqual([]);
    expect(one.warnings).toEqual([]);
    expect(comparisonOf('production', one).summary.added.objects).toBe(objects.length);
    expect(one.after.objects).toEqual(two.after.objects);
  });

  it('a namespace that is missing is said once', async () => {
    const elsewhere = objects.map((object) => ({ ...object, metadata: { ...object.metadata, namespace: 'nowhere' } }));
    const { refused } = await preview(cluster.api, elsewhere, [], OWNER);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toContain('Namespace nowhere: is not there');
  });

  it('drift cannot be judged', async () => {
    const { exitCode, stderr } = await slipway('drift', 'production');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('release production: none is deployed in namespace chat');
  });

  it('an object that somebody made with kubectl belongs to no release', async () => {
    await kubectl('create', 'configmap', 'hello', '--from-literal=a=b');
    const { foreign } = await preview(api, objects, [], OWNER);
    expect(foreign).toEqual([{ object: 'ConfigMap chat/hello' }]);
  });
});

describe('once released', () => {
  beforeEach(release);

  it('nothing would change, and nothing has drifted', async () => {
    const seen = await preview(api, objects, [], OWNER);
    expect(comparisonOf('production', seen).objects).toEqual([]);
    expect(isEqual(seen)).toBe(true);
    expect(await slipway('drift', 'production')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('a field that somebody changed is a conflict with that somebody, and would be put back', async () => {
    await kubectl('scale', 'deployment/hello', '--replicas=5');
    await kubectl('set', 'image', 'deployment/hello', 'hello=registry.internal/other:1');
    const seen = await preview(api, objects, [], OWNER);
    expect(seen.conflicts.map(showConflict)).toEqual([
      expect.stringMatching(/^Deployment chat\/hello: \.spec\.replicas belongs to kubectl \(scale/),
      expect.stringMatching(/^Deployment chat\/hello: .*image belongs to kubectl-set \(\d{4}-/),
    ]);
    expect(isEqual(seen)).toBe(false);
    const [changed, ...others] = comparisonOf('production', seen).objects;
    expect(others).toEqual([]);
    expect(changed?.fields).toContainEqual(expect.objectContaining({ path: 'spec.replicas', before: 5, after: 3 }));
  });

  it("replicas that an autoscaler chose are nobody's conflict, and no drift", async () => {
    const replicas = () => kubectl('get', 'deployment', 'chat', '--output', 'jsonpath={.spec.replicas}');
    cluster.metrics.set(() => ({ cpu: '1', memory: '64Mi' }));
    await until('the autoscaler has scaled', async () => Number(await replicas()) > 3, 90);
    const seen = await preview(api, objects, [], OWNER);
    expect(seen.conflicts).toEqual([]);
    expect(isEqual(seen)).toBe(true);
    expect(hasDrifted(await drift(api, RELEASE))).toBe(false);
  });

  it('a fixed field is refused by name, and its object stays as it is', async () => {
    const store = named('StatefulSet', 'redis') as Manifest & {
      spec: { volumeClaimTemplates: [{ spec: { resources: { requests: { storage: string } } } }] };
    };
    store.spec.volumeClaimTemplates[0].spec.resources.requests.storage = '99Gi';
    const seen = await preview(api, [store], [], OWNER);
    expect(seen.refused).toEqual([
      expect.stringMatching(/^StatefulSet chat\/redis: spec\.volumeClaimTemplates never changes: /),
    ]);
    expect(seen.after.objects).toEqual(seen.before.objects);
  });

  it('a misspelt field is refused by name', async () => {
    const account = { ...named('ServiceAccount', 'hello'), automountServiceAccountTokn: false };
    const { refused } = await preview(api, [account], [], OWNER);
    expect(refused).toEqual([
      expect.stringMatching(/^ServiceAccount chat\/hello: .*automountServiceAccountTokn: field not declared in schema/),
    ]);
  });

  it('what the next release does not bring goes, but for what is to be kept', async () => {
    const kept = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'archive', namespace: 'chat', annotations: { 'helm.sh/resource-policy': 'keep' } },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    };
    await cluster.api.apply(kept, { manager: 'helm' });
    const gone = [named('PodDisruptionBudget', 'hello'), kept];
    const stays = objects.filter((object) => object.kind !== 'PodDisruptionBudget' || object.metadata.name !== 'hello');
    const seen = await preview(api, stays, gone, OWNER);
    expect(seen.kept).toEqual(['PersistentVolumeClaim chat/archive']);
    expect(isEqual(seen)).toBe(false);
    const { objects: changes } = comparisonOf('production', seen);
    expect(changes.map(({ change, kind, name }) => [change, kind, name])).toEqual([
      ['removed', 'PodDisruptionBudget', 'hello'],
    ]);
  });
});

describe('slipway drift', () => {
  beforeEach(release);

  it('names what is gone, what is another and what was added, with who wrote it', async () => {
    await kubectl('delete', 'poddisruptionbudget', 'hello');
    await kubectl('scale', 'deployment/hello', '--replicas=5');
    await kubectl('label', 'configmap', 'redis', 'app.kubernetes.io/part-of-');
    await kubectl('annotate', 'service', 'hello', 'example.com/note=mine');
    await kubectl('set', 'env', 'deployment/chat', 'DEBUG=1');

    const { exitCode, stdout } = await slipway('drift', 'production', '--json');
    expect(exitCode).toBe(1);
    const found = JSON.parse(stdout);
    expect(found.missing).toEqual(['PodDisruptionBudget chat/hello']);
    expect(found.replaced).toEqual([]);
    expect(found.changed).toHaveLength(2);
    expect(found.changed).toEqual(
      expect.arrayContaining([
        {
          object: 'Deployment chat/hello',
          field: 'spec.replicas',
          released: 3,
          live: 5,
          manager: 'kubectl',
          subresource: 'scale',
        },
        { object: 'ConfigMap chat/redis', field: 'metadata.labels["app.kubernetes.io/part-of"]', released: 'chat' },
      ]),
    );
    const at = expect.any(String);
    expect(found.added).toHaveLength(2);
    expect(found.added).toEqual(
      expect.arrayContaining([
        {
          object: 'Service chat/hello',
          field: 'metadata.annotations["example.com/note"]',
          live: 'mine',
          manager: 'kubectl-annotate',
          at,
        },
        {
          object: 'Deployment chat/chat',
          field: 'spec.template.spec.containers[chat].env[DEBUG]',
          live: { name: 'DEBUG', value: '1' },
          manager: 'kubectl-set',
          at,
        },
      ]),
    );
  });

  it('tells people the same in lines', async () => {
    await kubectl('scale', 'deployment/hello', '--replicas=5');
    const { exitCode, stdout } = await slipway('drift', 'production');
    expect(exitCode).toBe(1);
    expect(stdout.split('\n').slice(1)).toEqual([
      '~ Deployment chat/hello',
      '  by kubectl through scale',
      '    ~ spec.replicas: 3 → 5',
    ]);
    expect(stdout).toMatch(/^production differs from revision \d+ \(commit c0ffee, .* by a test\): 1 changed\n/);
  });

  it('names an object that somebody deleted and made anew', async () => {
    await kubectl('delete', 'configmap', 'hello');
    await kubectl('create', 'configmap', 'hello', '--from-literal=a=b');
    const { missing, replaced } = await drift(api, RELEASE);
    expect(missing).toEqual([]);
    expect(replaced).toEqual(['ConfigMap chat/hello: is there already and belongs to no release']);
  });

  it('counts pods that were rolled for a new Secret as no drift', async () => {
    const noted = { metadata: { annotations: { 'slipway.release/secrets': 'another' } } };
    await cluster.api.ask('PATCH', '/apis/apps/v1/namespaces/chat/deployments/chat', {
      type: 'application/merge-patch+json',
      query: { fieldManager: 'slipway-secrets' },
      body: { spec: { template: noted } },
    });
    expect(hasDrifted(await drift(api, RELEASE))).toBe(false);
  });

  it('refuses the cluster of another environment', async () => {
    const { exitCode, stderr } = await slipway('drift', 'lab');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('https://api.lab.internal:6443');
  });
});

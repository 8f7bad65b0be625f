import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { Api } from '../../../../tools/deploy/api/client';
import type { Inventory } from '../../../../tools/render/inventory';
import { type Ingress, startIngress } from '../doubles/ingress';
import { type Metrics, startMetrics } from '../doubles/metrics';
import { startProvisioner } from '../doubles/provisioner';
import { ADDRESS } from './addresses';
import { adminKubeconfig, makeCertificates } from './certificates';
import { API_SERVER, type ControlPlane, startControlPlane } from './control-plane';
import { fillIn } from './fill-in';
import { clusterObjects } from './nodes';
import { until } from './process';
import { type Relay, startRelay } from './relay';
import { type State, stateOf } from './state';

const ROOT = join(__dirname, '../../../..');

/** The cluster of one environment: a real control plane, kwok's nodes, and doubles of what a cluster brings. */
export interface Cluster
  extends Pick<ControlPlane, 'folder' | 'apiServer' | 'controllerManager' | 'scheduler' | 'kwok' | 'pods'> {
  readonly inventory: Inventory;
  readonly namespace: string;
  /** The administrator's kubeconfig; it leads through the relay, to the environment's endpoint. */
  readonly adminKubeconfig: string;
  /** Makes a kubeconfig of the namespace's `deployer`, which `slipway platform` creates; it leads through the relay. */
  deployerKubeconfig(): Promise<string>;
  /** Makes a kubeconfig of any ServiceAccount of the namespace. */
  kubeconfigOf(account: string): Promise<string>;
  /** Between every kubeconfig of above and the API server. */
  readonly relay: Relay;
  /** The API as administrator, past the relay: for assertions. */
  readonly api: Api;
  /** kubectl as administrator, past the relay. @returns its standard output. @throws where it fails. */
  kubectl(...words: string[]): Promise<string>;
  /** Every object of a namespace that a release writes or its workloads need; default: the environment's. */
  state(namespace?: string): Promise<State>;
  readonly metrics: Metrics;
  readonly ingress: Ingress;
  /** Ends every process. `teardown.ts` calls it after a suite's last test in any case. */
  stop(): Promise<void>;
}

/** Starts a cluster with an empty etcd, as the environment's inventory describes it. Takes about ten seconds. */
export async function startCluster(environment: string): Promise<Cluster> {
  const started = performance.now();
  const inventory = readInventory(environment);
  const { host, port } = inventory.apiEndpoint;
  const { stdout } = await execa('kube-apiserver', ['--version']);
  await makeCertificates(stdout.replace('Kubernetes ', '').trim());
  const listen = host === '127.0.0.1' ? host : ADDRESS.balancer;
  const relay = await startRelay([{ host: listen, port }], API_SERVER);
  const plane = await startControlPlane();
  const direct = join(plane.folder, 'direct.conf');
  const api = await Api.open({ kubeconfig: direct });
  for (const object of clusterObjects(inventory)) await api.apply(object, { manager: 'test' });
  const provisioner = startProvisioner(api);
  const metrics = await startMetrics(api);
  const ingress = await startIngress(inventory.smoke);
  const kubectl = async (...words: string[]) => (await execa('kubectl', ['--kubeconfig', direct, ...words])).stdout;

  const server = `https://${host}:${port}`;
  const adminFile = join(plane.folder, 'admin.conf');
  writeFileSync(adminFile, adminKubeconfig(server), { mode: 0o600 });

  async function kubeconfigOf(account: string): Promise<string> {
    const token = await kubectl('create', 'token', account, '--namespace', inventory.namespace, '--duration', '2h');
    const file = join(plane.folder, `${account}.conf`);
    writeFileSync(file, tokenKubeconfig(adminKubeconfig(server), account, inventory.namespace, token), { mode: 0o600 });
    return file;
  }

  let stopped: Promise<void> | undefined;
  const stop = async () => {
    provisioner.stop();
    api.close();
    await Promise.all([metrics.stop(), ingress.stop(), relay.close()]);
    await plane.stop();
  };
  const cluster: Cluster = {
    ...plane,
    inventory,
    namespace: inventory.namespace,
    adminKubeconfig: adminFile,
    deployerKubeconfig: () => kubeconfigOf('deployer'),
    kubeconfigOf,
    relay,
    api,
    kubectl,
    state: (namespace = inventory.namespace) => stateOf(api, namespace),
    metrics,
    ingress,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
  running.add(cluster);
  await until('pods find their account', async () => (await api.find(DEFAULT_ACCOUNT)) !== undefined);
  await until('every node is Ready', async () => (await readyNodes(api)) === inventory.nodes.length);
  // Not by jest's console, which shows where each line comes from.
  process.stdout.write(`cluster of ${environment}: up after ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return cluster;
}

/** The controller makes it; before that, the namespace takes no pod. */
const DEFAULT_ACCOUNT = '/api/v1/namespaces/default/serviceaccounts/default';

const running = new Set<Cluster>();

/** Ends every cluster that somebody started. */
export async function stopClusters(): Promise<void> {
  for (const cluster of running) await cluster.stop();
}

/** What the filled-in checkout will say of an environment. */
const readInventory = (environment: string): Inventory =>
  JSON.parse(fillIn(readFileSync(join(ROOT, 'dist/inventory', `${environment}.json`), 'utf8')));

interface Node {
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

async function readyNodes(api: Api): Promise<number> {
  const nodes = await api.list<Node>('/api/v1/nodes');
  return nodes.filter(({ status }) => status.conditions?.some((one) => one.type === 'Ready' && one.status === 'True'))
    .length;
}

/** A kubeconfig with the cluster of another, a token, and a namespace. */
export function tokenKubeconfig(admin: string, user: string, namespace: string, token: string): string {
  const authority = /certificate-authority-data: (\S+)/.exec(admin)?.[1];
  const server = /server: (\S+)/.exec(admin)?.[1];
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server, 'certificate-authority-data': authority } }],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: user, context: { cluster: 'test', user, namespace } }],
    'current-context': user,
  });
}

import execa from 'execa';
import { type Cluster, startCluster } from './harness/cluster';
import { until } from './harness/process';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster('production');
});

const digest = `sha256:${'a'.repeat(64)}`;

describe('the control plane of the tests', () => {
  it('has the nodes of the inventory, each in its zone', async () => {
    const nodes = await cluster.api.list('/api/v1/nodes');
    expect(nodes.map(({ metadata }) => metadata.labels?.['topology.kubernetes.io/zone'])).toEqual(
      cluster.inventory.nodes.map(({ zone }) => zone),
    );
  });

  it('schedules pods, binds claims, and says which image runs', async () => {
    for (const object of objects) await cluster.api.apply(object, { manager: 'test' });
    await until('the pod is ready', async () => (await readPod())?.status.phase === 'Running', 30);
    await until('the container is ready', async () => (await readPod())?.status.containerStatuses[0]?.ready, 10);
    const pod = await readPod();
    expect(pod?.status.containerStatuses[0]?.imageID).toBe(`registry.internal:5000/web@${digest}`);
    const claim = await cluster.api.get<{ status: { phase: string } }>(
      '/api/v1/namespaces/default/persistentvolumeclaims/data',
    );
    expect(claim.status.phase).toBe('Bound');
  });

  it('answers for what runs in a pod', async () => {
    cluster.pods.say(['listening on 8080']);
    expect(await cluster.kubectl('logs', 'web')).toBe('listening on 8080');
    await expect(cluster.kubectl('exec', 'web', '--', 'sh', 'rotate.sh')).rejects.toThrow('exit code 1');
    cluster.pods.run('read -r line; echo "$1 $line"');
    const words = ['--kubeconfig', cluster.adminKubeconfig, 'exec', '--stdin', 'web', '--', 'sh', 'rotate.sh'];
    expect((await execa('kubectl', words, { input: 'secret\n' })).stdout).toBe('rotate.sh secret');
  });

  it('goes on where its API server restarts', async () => {
    await cluster.apiServer.restart();
    await until('the pod is there', async () => (await readPod()) !== undefined, 20);
  });

  it('answers what pods use', async () => {
    cluster.metrics.set(() => ({ cpu: '250m', memory: '64Mi' }));
    const path = '/apis/metrics.k8s.io/v1beta1/namespaces/default/pods';
    await until(
      'the metrics API answers',
      async () => (await cluster.api.get<{ items: unknown[] }>(path)).items.length > 0,
      30,
    );
    const [pod] = (await cluster.api.get<{ items: { containers: { usage: unknown }[] }[] }>(path)).items;
    expect(pod?.containers[0]?.usage).toEqual({ cpu: '250m', memory: '64Mi' });
  });

  it('can be cut off from its clients, and mended', async () => {
    const kubectl = async () => {
      const words = ['--kubeconfig', cluster.adminKubeconfig, 'get', 'nodes', '--request-timeout', '2s'];
      return (await execa('kubectl', words, { reject: false })).exitCode;
    };
    expect(await kubectl()).toBe(0);
    cluster.relay.cut();
    expect(await kubectl()).not.toBe(0);
    cluster.relay.mend();
    expect(await kubectl()).toBe(0);
  });
});

interface Pod {
  readonly status: {
    readonly phase: string;
    readonly containerStatuses: readonly { readonly ready: boolean; readonly imageID: string }[];
  };
}

const readPod = () => cluster.api.find<Pod>('/api/v1/namespaces/default/pods/web');

const objects = [
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'disk' },
    provisioner: 'slipway.test/provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'default' },
    spec: { storageClassName: 'disk', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      containers: [
        {
          name: 'web',
          image: `registry.internal:5000/web:1.0@${digest}`,
          volumeMounts: [{ name: 'data', mountPath: '/data' }],
        },
      ],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    },
  },
];

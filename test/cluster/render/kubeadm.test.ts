import { kubeadm } from '../../../cluster/render/kubeadm';
import { kind } from '../../../cluster/specs/kind';
import { lab } from '../../../cluster/specs/lab';
import { production } from '../../../cluster/specs/production';
import { documentsOf, labBuilt, labWorker, pathsOf } from '../../support/machine-clusters';

const configuration = (machine: string, cluster = lab) =>
  documentsOf(kubeadm, cluster, `nodes/${machine}/kubeadm.yaml`);
const join = (machine: string, cluster = lab) => configuration(machine, cluster)[0];
const cluster = (of = lab, first = 'control-plane-1') => configuration(first, of)[1];
const valuesOf = (args: readonly { name: string; value: string }[]) =>
  Object.fromEntries(args.map(({ name, value }) => [name, value]));

describe('what kubeadm is told', () => {
  it('begins a cluster on the first control plane, and has the others join it', () => {
    const kinds = ['control-plane-1', 'control-plane-2', 'worker-1'].map((machine) =>
      configuration(machine).map(({ kind }) => kind),
    );
    expect(kinds).toEqual([
      ['InitConfiguration', 'ClusterConfiguration', 'KubeletConfiguration', 'KubeProxyConfiguration'],
      ['JoinConfiguration'],
      ['JoinConfiguration'],
    ]);
  });

  it('is nothing on machines that only balance, and nothing in a cluster of kind', () => {
    expect(pathsOf(kubeadm, lab).filter((path) => path.includes('balancer'))).toEqual([]);
    expect(kubeadm(kind)).toEqual([]);
  });

  it('installs an exact version', () => {
    expect(cluster().kubernetesVersion).toBe('v1.36.3');
  });

  it('names the cluster by what can move: a name', () => {
    expect(cluster().controlPlaneEndpoint).toBe('api.lab.example.com:6443');
  });

  it('has pods and Services where the specification has them', () => {
    expect(cluster().networking).toEqual({
      podSubnet: '10.244.0.0/16',
      serviceSubnet: '10.96.0.0/16',
      dnsDomain: 'cluster.local',
    });
  });

  it('renews certificates every year and signs them with elliptic curves', () => {
    expect(cluster()).toMatchObject({ certificateValidityPeriod: '8760h', encryptionAlgorithm: 'ECDSA-P256' });
  });

  it('has etcd refuse writes at 4 GiB, not at 2', () => {
    expect(valuesOf(cluster().etcd.local.extraArgs)).toEqual({ 'quota-backend-bytes': '4294967296' });
  });

  it('leaves no token that lives a day: each join gets its own', () => {
    expect(join('control-plane-1').bootstrapTokens).toEqual([{ ttl: '1m0s' }]);
  });

  it('turns profiling off, which tells strangers about memory', () => {
    const { apiServer, controllerManager, scheduler } = cluster();
    expect([apiServer, controllerManager, scheduler].map(({ extraArgs }) => valuesOf(extraArgs).profiling)).toEqual([
      'false',
      'false',
      'false',
    ]);
  });
});

describe('a machine that joins', () => {
  it('asks the balanced address', () => {
    const { apiServerEndpoint } = join('worker-1').discovery.bootstrapToken;
    expect(apiServerEndpoint).toBe('api.lab.example.com:6443');
  });

  it('has placeholders where secrets go, of the form that kubeadm takes', () => {
    expect(join('control-plane-2')).toMatchObject({
      discovery: {
        bootstrapToken: { token: '000000.0000000000000000', caCertHashes: [`sha256:${'0'.repeat(64)}`] },
      },
      controlPlane: { certificateKey: '0'.repeat(64) },
    });
  });

  it('is a control plane only where the specification says so', () => {
    expect(join('worker-1')).not.toHaveProperty('controlPlane');
  });
});

describe('a machine', () => {
  const registration = (machine: string, of = lab) => join(machine, of).nodeRegistration;

  it('registers by its name, through containerd', () => {
    expect(registration('worker-1')).toMatchObject({
      name: 'worker-1',
      criSocket: 'unix:///run/containerd/containerd.sock',
    });
  });

  it('is known by its address of the specification, not by the first that somebody finds', () => {
    expect(valuesOf(registration('worker-1').kubeletExtraArgs)['node-ip']).toBe('192.0.2.104');
    expect(join('control-plane-1').localAPIEndpoint).toEqual({ advertiseAddress: '192.0.2.97', bindPort: 6443 });
    expect(join('control-plane-2').controlPlane.localAPIEndpoint).toEqual({
      advertiseAddress: '192.0.2.98',
      bindPort: 6443,
    });
  });

  it('says in which zone it stands', () => {
    expect(valuesOf(registration('worker-2').kubeletExtraArgs)['node-labels']).toBe(
      'topology.kubernetes.io/zone=rack-2',
    );
  });

  it('has exactly its taints: kubeadm adds none of its own to an empty list', () => {
    const tainted = labWorker({ taints: [{ key: 'prd', value: 'true', effect: 'NoSchedule' }] });
    expect(registration('worker-1', tainted).taints).toEqual([{ key: 'prd', value: 'true', effect: 'NoSchedule' }]);
    expect(registration('worker-2', tainted).taints).toEqual([]);
    expect(registration('control-plane-1').taints).toEqual([
      { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
    ]);
  });

  it('gets images of ECR by the credential provider, on EC2 and nowhere else', () => {
    const flags = ['image-credential-provider-config', 'image-credential-provider-bin-dir'];
    for (const machine of ['control-plane-a', 'control-plane-b', 'worker-a']) {
      expect(Object.keys(valuesOf(registration(machine, production).kubeletExtraArgs))).toEqual(
        expect.arrayContaining(flags),
      );
    }
    expect(Object.keys(valuesOf(registration('worker-1').kubeletExtraArgs))).not.toEqual(expect.arrayContaining(flags));
  });

  it('finds what is its own in the folder of patches', () => {
    expect(join('worker-1').patches).toEqual({ directory: '/etc/kubernetes/patches' });
    expect(pathsOf(kubeadm, lab)).toContain(
      'nodes/worker-1/root/etc/kubernetes/patches/kubeletconfiguration+merge.yaml',
    );
  });
});

describe("the API servers' certificate", () => {
  const controlPlanes = ['192.0.2.97', '192.0.2.98', '192.0.2.99'];

  it('is good for a pair of balancers: name, moving address, both machines', () => {
    expect(cluster().apiServer.certSANs).toEqual([
      'api.lab.example.com',
      '192.0.2.90',
      '192.0.2.91',
      '192.0.2.92',
      ...controlPlanes,
    ]);
  });

  it('is good for one balancer', () => {
    const single = labBuilt({
      balancing: {
        kind: 'single',
        machines: [{ name: 'balancer-1', address: '192.0.2.91', cpu: '1', memory: '512Mi' }],
      },
    });
    expect(cluster(single).apiServer.certSANs).toEqual(['api.lab.example.com', '192.0.2.91', ...controlPlanes]);
  });

  it('is good for control planes that balance themselves, each address once', () => {
    const own = labBuilt(
      { balancing: { kind: 'control-planes', vip: '192.0.2.90' } },
      { apiEndpoint: { host: 'api.lab.example.com', port: 8443 } },
    );
    expect(cluster(own).apiServer.certSANs).toEqual(['api.lab.example.com', '192.0.2.90', ...controlPlanes]);
  });

  it("is good for a cloud's balancer by its name alone", () => {
    expect(cluster(production, 'control-plane-a').apiServer.certSANs).toEqual([
      'api.production.example.com',
      '198.51.100.20',
      '198.51.100.52',
      '198.51.100.84',
    ]);
  });
});

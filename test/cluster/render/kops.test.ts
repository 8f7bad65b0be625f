import { loadAll } from 'js-yaml';
import { kops } from '../../../cluster/render/kops';
import type { InstanceGroup, KopsCluster } from '../../../cluster/render/kops/v1alpha2';
import type { Cluster } from '../../../cluster/spec';
import { clusters } from '../../../cluster/specs';
import { production } from '../../../cluster/specs/production';

const documents = (path: string, cluster: Cluster = production) =>
  loadAll(kops(cluster).find((file) => file.path === path)?.content ?? '');

const clusterOf = (cluster?: Cluster) => documents('kops/cluster.yaml', cluster)[0] as KopsCluster;
const groupsOf = (cluster?: Cluster) => documents('kops/instance-groups.yaml', cluster) as InstanceGroup[];

describe('the kops cluster', () => {
  it('has a member of each etcd on every control plane, in a zone of its own', () => {
    const groups = groupsOf();
    const zones = clusterOf().spec.etcdClusters.map(({ name, etcdMembers }) => [
      name,
      etcdMembers.map(
        ({ instanceGroup }) => groups.find((group) => group.metadata.name === instanceGroup)?.spec.subnets[0],
      ),
    ]);
    const all = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];
    expect(Object.fromEntries(zones)).toEqual({ main: all, events: all });
  });

  it('keeps what etcd stores encrypted, at rest and in its backups', () => {
    const { etcdClusters, encryptionConfig } = clusterOf().spec;
    expect(encryptionConfig).toBe(true);
    expect(
      etcdClusters.flatMap(({ etcdMembers }) => etcdMembers.map((member) => member.encryptedVolume)),
    ).not.toContain(false);
  });

  it('is reached by a network load balancer inside its network', () => {
    const { api, kubernetesApiAccess } = clusterOf().spec;
    expect(api.loadBalancer).toMatchObject({ class: 'Network', type: 'Internal', crossZoneLoadBalancing: true });
    expect(kubernetesApiAccess).toEqual(['198.51.100.0/24']);
  });

  it('has private subnets for machines, and one in each zone for what leads out, apart from all others', () => {
    const subnets = clusterOf().spec.subnets.map(({ name, zone, cidr, type }) => [type, name, zone, cidr]);
    expect(subnets).toEqual([
      ['Private', 'eu-central-1a', 'eu-central-1a', '198.51.100.0/27'],
      ['Private', 'eu-central-1b', 'eu-central-1b', '198.51.100.32/27'],
      ['Private', 'eu-central-1c', 'eu-central-1c', '198.51.100.64/27'],
      // 128/28 is the load balancer's.
      ['Utility', 'utility-eu-central-1a', 'eu-central-1a', '198.51.100.144/28'],
      ['Utility', 'utility-eu-central-1b', 'eu-central-1b', '198.51.100.160/28'],
      ['Utility', 'utility-eu-central-1c', 'eu-central-1c', '198.51.100.176/28'],
    ]);
  });

  it('has the ranges, ports and version of the specification', () => {
    expect(clusterOf().spec).toMatchObject({
      podCIDR: '10.244.0.0/16',
      serviceClusterIPRange: '10.96.0.0/16',
      nonMasqueradeCIDR: '10.0.0.0/8',
      kubeAPIServer: { serviceNodePortRange: '30000-32767' },
      kubernetesVersion: expect.stringMatching(/^1\.36\.\d+$/),
      networking: { calico: { encapsulationMode: 'vxlan', vxlanMode: 'Always' } },
      metricsServer: { enabled: true },
    });
  });

  it('has its state and its issuer in buckets apart: the second one is public', () => {
    const { configBase, serviceAccountIssuerDiscovery, dnsZone } = clusterOf().spec;
    expect(clusterOf().metadata.name).toBe('production.k8s.example.com');
    expect(dnsZone).toBe('k8s.example.com');
    expect(configBase).toBe('s3://slipway-kops-state-example/production.k8s.example.com');
    expect(serviceAccountIssuerDiscovery.discoveryStore).toMatch(/^s3:\/\/slipway-kops-state-example-oidc\//);
  });

  it('takes the encapsulation of the specification', () => {
    if (production.build.by !== 'kubeadm') throw new Error('production is not made of machines');
    const addons = { ...production.build.addons, cni: { name: 'calico' as const, encapsulation: 'None' as const } };
    expect(clusterOf({ ...production, build: { ...production.build, addons } }).spec.networking.calico.vxlanMode).toBe(
      'Never',
    );
  });
});

describe('instance groups of kops', () => {
  it('are one for each machine, of the type of its role', () => {
    expect(
      groupsOf().map(({ metadata, spec }) => [metadata.name, spec.role, spec.machineType, spec.minSize, spec.maxSize]),
    ).toEqual([
      ...['a', 'b', 'c'].map((zone) => [`control-plane-${zone}`, 'Master', 'm6i.large', 1, 1]),
      ...['a', 'b', 'c'].map((zone) => [`worker-${zone}`, 'Node', 'm6i.xlarge', 1, 1]),
    ]);
  });

  it('keep pods away from the role of their machine', () => {
    for (const { spec } of groupsOf()) {
      expect(spec.instanceMetadata).toEqual({ httpTokens: 'required', httpPutResponseHopLimit: 1 });
    }
  });

  it('belong to their cluster', () => {
    const labels = groupsOf().map(({ metadata }) => metadata.labels['kops.k8s.io/cluster']);
    expect(new Set(labels)).toEqual(new Set(['production.k8s.example.com']));
  });

  it('have the taints of the specification', () => {
    const taints = [
      { key: 'prd', value: 'true', effect: 'NoSchedule' as const },
      { key: 'spare', value: '', effect: 'NoExecute' as const },
    ];
    const [first, ...workers] = production.workers;
    if (!first) throw new Error('production has no worker');
    const groups = groupsOf({ ...production, workers: [{ ...first, taints }, ...workers] });
    expect(groups.map(({ spec }) => spec.taints)).toEqual([
      ...Array(3).fill(undefined),
      ['prd=true:NoSchedule', 'spare:NoExecute'],
      undefined,
      undefined,
    ]);
  });
});

it('kops is there for clusters on AWS alone', () => {
  expect(clusters.filter((cluster) => kops(cluster).length > 0).map(({ name }) => name)).toEqual(['production']);
});

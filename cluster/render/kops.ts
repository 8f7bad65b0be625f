import type { Kubeadm } from '../build';
import { isOnMachines, type MachineCluster } from '../machines';
import { versionsOf } from '../versions';
import type { Target } from './file';
import { freeRanges, rangeAround } from './kops/ranges';
import type { InstanceGroup, KopsCluster } from './kops/v1alpha2';
import { yaml } from './yaml';

type Aws = NonNullable<Kubeadm['aws']>;

/** AWS's smallest subnet: sixteen addresses, for a NAT gateway and a load balancer. */
const UTILITY_LENGTH = 28;

/** The same cluster as kops would make it, in a VPC of its own. For `kops create -f`; never run here. */
export const kops: Target = (cluster) => {
  if (!isOnMachines(cluster) || !cluster.build.aws) return [];
  const { aws } = cluster.build;
  return [
    { path: 'kops/cluster.yaml', content: yaml(clusterOf(cluster, aws)) },
    { path: 'kops/instance-groups.yaml', content: yaml(...instanceGroupsOf(cluster, aws)) },
  ];
};

const nameOf = ({ name }: MachineCluster, { kops }: Aws): string => `${name}.${kops.dnsZone}`;

function clusterOf(cluster: MachineCluster, aws: Aws): KopsCluster {
  const { cidrs, nodePortRange, build } = cluster;
  const name = nameOf(cluster, aws);
  return {
    apiVersion: 'kops.k8s.io/v1alpha2',
    kind: 'Cluster',
    metadata: { name },
    spec: {
      api: {
        loadBalancer: { class: 'Network', type: 'Internal', crossZoneLoadBalancing: true, useForInternalApi: true },
      },
      authorization: { rbac: {} },
      channel: 'stable',
      cloudProvider: 'aws',
      configBase: `s3://${aws.kops.stateBucket}/${name}`,
      dnsZone: aws.kops.dnsZone,
      encryptionConfig: true,
      etcdClusters: (['main', 'events'] as const).map((etcd) => ({
        name: etcd,
        etcdMembers: build.controlPlanes.map((machine) => ({
          name: machine.name,
          instanceGroup: machine.name,
          encryptedVolume: true,
        })),
        manager: { backupRetentionDays: 90 },
      })),
      iam: { legacy: false, allowContainerRegistry: true, useServiceAccountExternalPermissions: true },
      kubeAPIServer: { serviceNodePortRange: nodePortRange.join('-') },
      kubelet: { anonymousAuth: false },
      kubernetesApiAccess: [aws.network],
      kubernetesVersion: versionsOf(cluster.kubernetes).kubernetes,
      metricsServer: { enabled: build.addons.metricsServer },
      networkCIDR: aws.network,
      networking: {
        calico: {
          encapsulationMode: 'vxlan',
          vxlanMode: build.addons.cni.encapsulation === 'VXLAN' ? 'Always' : 'Never',
        },
      },
      nonMasqueradeCIDR: rangeAround([...cidrs.pods, ...cidrs.services]),
      podCIDR: rangeAround(cidrs.pods),
      // A bucket of its own: AWS reads the issuer's keys there, so that anybody may.
      serviceAccountIssuerDiscovery: {
        discoveryStore: `s3://${aws.kops.stateBucket}-oidc/${name}`,
        enableAWSOIDCProvider: true,
      },
      serviceClusterIPRange: rangeAround(cidrs.services),
      sshAccess: [aws.network],
      subnets: subnetsOf(cluster, aws),
      topology: { dns: { type: 'Private' } },
    },
  };
}

/** Machines in private subnets; beside each a small one for what leads out. */
function subnetsOf({ cidrs }: MachineCluster, { network, subnets }: Aws): KopsCluster['spec']['subnets'] {
  const taken = [...cidrs.nodes, ...cidrs.snat];
  const utility = freeRanges(network, taken, UTILITY_LENGTH, subnets.length);
  return [
    ...subnets.map(({ zone, cidr }) => ({ name: zone, zone, cidr, type: 'Private' as const })),
    ...subnets.map(({ zone }, index) => ({
      name: `utility-${zone}`,
      zone,
      cidr: utility[index] ?? '',
      type: 'Utility' as const,
    })),
  ];
}

/** One for each machine: etcd's members are groups, and workers keep their names, zones and taints. */
function instanceGroupsOf(cluster: MachineCluster, aws: Aws): InstanceGroup[] {
  const { controlPlane, worker } = aws.instances;
  const group = (
    name: string,
    role: 'Master' | 'Node',
    machineType: string,
    size: number,
    zone: string,
    taints: string[],
  ): InstanceGroup => ({
    apiVersion: 'kops.k8s.io/v1alpha2',
    kind: 'InstanceGroup',
    metadata: { name, labels: { 'kops.k8s.io/cluster': nameOf(cluster, aws) } },
    spec: {
      role,
      machineType,
      minSize: size,
      maxSize: size,
      subnets: [zone],
      rootVolumeSize: 64,
      rootVolumeEncryption: true,
      ...(taints.length > 0 ? { taints } : {}),
      instanceMetadata: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
    },
  });
  return [
    // kops taints control planes by itself.
    ...cluster.build.controlPlanes.map(({ name, zone }) => group(name, 'Master', controlPlane, 1, zone, [])),
    ...cluster.workers.map(({ name, zone, taints }) =>
      group(
        name,
        'Node',
        worker,
        1,
        zone,
        taints.map(({ key, value, effect }) => `${value ? `${key}=${value}` : key}:${effect}`),
      ),
    ),
  ];
}

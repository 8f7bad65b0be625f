import type { Inventory } from '../../../../tools/render/inventory';
import type { Manifest } from '../../../../tools/render/order';

/** What a cluster brings and no environment renders: its nodes, the classes that the inventory expects of it. */
export const clusterObjects = ({ nodes, provides }: Pick<Inventory, 'nodes' | 'provides'>): Manifest[] => [
  ...nodes.map(node),
  ...provides.map(provided),
];

function node({ name, cpu, memory, zone, taints }: Inventory['nodes'][number]): Manifest {
  const resources = { cpu, memory, pods: '110', 'ephemeral-storage': '50Gi' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/zone': zone,
      },
    },
    spec: { taints },
    status: { capacity: resources, allocatable: resources },
  } as Manifest;
}

function provided({ kind, name }: Inventory['provides'][number]): Manifest {
  switch (kind) {
    case 'IngressClass':
      return {
        apiVersion: 'networking.k8s.io/v1',
        kind,
        metadata: { name },
        spec: { controller: `slipway.test/${name}` },
      } as Manifest;
    case 'StorageClass':
      return {
        apiVersion: 'storage.k8s.io/v1',
        kind,
        metadata: { name },
        provisioner: 'slipway.test/provisioner',
        reclaimPolicy: 'Delete',
        volumeBindingMode: 'WaitForFirstConsumer',
      } as unknown as Manifest;
    default:
      throw new Error(`${kind} ${name}: the harness does not know what a cluster brings there`);
  }
}

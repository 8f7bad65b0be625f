import { isOnMachines, type MachineCluster } from '../../cluster/machines';
import { type Cluster, cluster } from '../../cluster/spec';
import { faultsOf } from './faults';

export type Facts = Parameters<typeof cluster>[0];
export type Cidrs = Facts['cidrs'];

export const cidrs: Cidrs = {
  api: ['192.0.2.96/29'],
  nodes: ['192.0.2.0/24'],
  pods: ['10.244.0.0/16'],
  services: ['10.96.0.0/16'],
};

export const worker = (name: string): Facts['workers'][number] => ({ name, cpu: '2', memory: '4Gi', zone: 'rack-1' });

export const minimal: Facts = {
  name: 'lab',
  apiEndpoint: { host: 'api.lab.example.com', port: 6443 },
  kubernetes: '1.36',
  cidrs,
  workers: [worker('worker-1')],
  provides: {},
  build: { by: 'kind' },
};

export const clusterWith = (facts: Partial<Facts>): Cluster => cluster({ ...minimal, ...facts });

/** The faults that facts are refused with; none where they are read. Takes what the type checker would stop. */
export const faults = (facts: object): readonly string[] => faultsOf(() => cluster({ ...minimal, ...facts }));

type Build = Extract<Facts['build'], { by: 'kubeadm' }>;

const controlPlane = (name: string, address: string): Build['controlPlanes'][number] => ({
  name,
  address,
  cpu: '2',
  memory: '2Gi',
  zone: 'rack-1',
});

/** Seven machines: a pair of balancers, three control planes, two workers. */
export const machines: Build = {
  by: 'kubeadm',
  interface: 'eth1',
  controlPlanes: [
    controlPlane('control-plane-1', '192.0.2.97'),
    controlPlane('control-plane-2', '192.0.2.98'),
    controlPlane('control-plane-3', '192.0.2.99'),
  ],
  balancing: {
    kind: 'pair',
    vip: '192.0.2.90',
    machines: [
      { name: 'balancer-1', address: '192.0.2.91', cpu: '1', memory: '512Mi' },
      { name: 'balancer-2', address: '192.0.2.92', cpu: '1', memory: '512Mi' },
    ],
  },
  addons: { cni: { name: 'calico' } },
};

export const workers: Facts['workers'] = [
  { ...worker('worker-1'), address: '192.0.2.104' },
  { ...worker('worker-2'), address: '192.0.2.105' },
];

/** A cluster on machines, with some of its facts or of its build changed. */
export function onMachines(build: Partial<Build> = {}, facts: Partial<Facts> = {}): MachineCluster {
  const made = clusterWith({ workers, build: { ...machines, ...build }, ...facts });
  if (!isOnMachines(made)) throw new Error('kubeadm makes this cluster');
  return made;
}

/** The faults of such a cluster. */
export const machineFaults = (build: object = {}, facts: object = {}): readonly string[] =>
  faults({ workers, build: { ...machines, ...build }, ...facts });

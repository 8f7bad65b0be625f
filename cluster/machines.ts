import { Refused } from '../tools/parse/parse';
import type { Kubeadm } from './build';
import type { Cluster } from './schema';

/** Where each API server listens on its own address: kubeadm's default. */
export const API_SERVER_PORT = 6443;

export type Role = 'balancer' | 'control-plane' | 'worker';

/** A machine of a cluster, whatever it does there. */
export interface Machine {
  readonly name: string;
  readonly role: Role;
  /** Address in the cluster's network. */
  readonly address: string;
  readonly cpu: string;
  readonly memory: string;
  /** Failure domain; balancers have none. */
  readonly zone?: string;
  readonly taints: Kubeadm['controlPlanes'][number]['taints'];
}

/** A cluster that kubeadm makes of machines, each with an address. */
export type MachineCluster = Cluster & { readonly build: Kubeadm };

export const isOnMachines = (cluster: Cluster): cluster is MachineCluster => cluster.build.by === 'kubeadm';

/** Every machine of a cluster in the order in which it is built: balancers, control planes, workers. */
export function machinesOf(cluster: MachineCluster): readonly Machine[] {
  const { balancing, controlPlanes } = cluster.build;
  const balancers = 'machines' in balancing ? balancing.machines : [];
  return [
    ...balancers.map((machine) => ({ ...machine, role: 'balancer' as const, taints: [] })),
    ...controlPlanes.map((machine) => ({ ...machine, role: 'control-plane' as const })),
    ...cluster.workers.map((machine) => ({ ...machine, role: 'worker' as const, address: addressOf(machine) })),
  ];
}

/** Machines that run HAProxy: the balancers, or the control planes where those balance themselves; none in a cloud. */
export function balancersOf(cluster: MachineCluster): readonly Machine[] {
  const role = cluster.build.balancing.kind === 'control-planes' ? 'control-plane' : 'balancer';
  return machinesOf(cluster).filter((machine) => machine.role === role);
}

function addressOf({ name, address }: Cluster['workers'][number]): string {
  if (address !== undefined) return address;
  // `cluster()` refuses such a worker; this says so to the type checker.
  throw new Refused([`worker ${name}: has no address; expected one, for kubeadm makes its cluster`]);
}

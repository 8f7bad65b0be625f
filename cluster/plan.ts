import { type MachineCluster, machinesOf } from './machines';

/** One command of building a cluster. */
export interface Step {
  /** Machine that it runs on. */
  readonly machine: string;
  /** Script of cluster/scripts, without its ending. */
  readonly script: string;
  /** Machine whose `mint-join.sh` says, on standard input, what this one joins with. */
  readonly joinsBy?: string;
  /** What it joins as. */
  readonly role?: 'control-plane' | 'worker';
  readonly why: string;
}

/** The scripts that make a cluster of machines, in order: a step stands on everything above it. */
export function planOf(cluster: MachineCluster): readonly Step[] {
  const all = machinesOf(cluster);
  const balancing = cluster.build.balancing.kind;
  const first = cluster.build.controlPlanes[0]?.name ?? '';
  const on = (script: string, why: string, roles: readonly string[]): Step[] =>
    all.filter(({ role }) => roles.includes(role)).map(({ name }) => ({ machine: name, script, why }));
  const nodes = ['control-plane', 'worker'];
  return [
    ...on('prepare', 'swap, modules, sysctls, firewall, time, names', ['balancer', ...nodes]),
    ...on('containerd', 'the runtime of containers', nodes),
    ...on('packages', 'kubeadm, kubelet, kubectl', nodes),
    ...(balancing === 'nlb'
      ? []
      : on('load-balancer', 'HAProxy, and keepalived where an address moves', [
          balancing === 'control-planes' ? 'control-plane' : 'balancer',
        ])),
    { machine: first, script: 'control-plane', why: 'the first control plane: kubeadm init' },
    { machine: first, script: 'network', why: 'Calico: nodes become Ready' },
    ...all
      .filter(({ name, role }) => role === 'control-plane' && name !== first)
      .map(({ name }) => ({
        machine: name,
        script: 'join',
        joinsBy: first,
        role: 'control-plane' as const,
        why: 'the next control plane, one at a time',
      })),
    ...all
      .filter(({ role }) => role === 'worker')
      .map(({ name }) => ({
        machine: name,
        script: 'join',
        joinsBy: first,
        role: 'worker' as const,
        why: 'a worker',
      })),
    { machine: first, script: 'taints', why: 'who may run where' },
    { machine: first, script: 'addons', why: 'metrics, addresses, ingress, storage' },
    ...on('etcd-backup', 'a snapshot every night, restored to be believed', ['control-plane']),
    ...on('certificates', 'certificates renewed before they end', ['control-plane']),
  ];
}

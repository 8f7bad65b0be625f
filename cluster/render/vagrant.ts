import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ipaddr from 'ipaddr.js';
import { bytes, millicores } from '../../tools/parse/quantity';
import { isOnMachines, type MachineCluster, machinesOf } from '../machines';
import { planOf } from '../plan';
import { covers, holds } from '../rules/cidr';
import type { Target } from './file';

/** Host-only networks that VirtualBox gives without being told: https://www.virtualbox.org/manual/ch06.html#network_hostonly */
const HOST_ONLY = '192.168.56.0/21';

const MEBIBYTE = 2 ** 20;

/** What the Vagrantfile reads. */
interface Machines {
  readonly cluster: string;
  readonly box: string;
  /** Interface of this computer that the machines' second one is bridged to; without it, a host-only network. */
  readonly bridge?: string;
  readonly machines: readonly {
    readonly name: string;
    readonly address: string;
    readonly netmask: string;
    /** Whole cores. */
    readonly cpus: number;
    /** MiB. */
    readonly memory: number;
    /** Scripts of cluster/scripts that need no other machine, in order. */
    readonly scripts: readonly string[];
  }[];
}

/** Virtual machines on this computer: a Vagrantfile that is the same for every cluster, and the machines that it reads. */
export const vagrant: Target = (cluster) => {
  if (!isOnMachines(cluster) || !cluster.build.vagrant) return [];
  return [
    { path: 'Vagrantfile', content: readFileSync(join(__dirname, 'vagrant', 'Vagrantfile'), 'utf8') },
    { path: 'machines.json', content: `${JSON.stringify(machines(cluster, cluster.build.vagrant), null, 2)}\n` },
    ...allowList(cluster, cluster.build.vagrant),
  ];
};

type Vagrant = NonNullable<MachineCluster['build']['vagrant']>;

const machines = (cluster: MachineCluster, { box, network }: Vagrant): Machines => ({
  cluster: cluster.name,
  box,
  ...(network.kind === 'bridged' ? { bridge: network.interface } : {}),
  machines: machinesOf(cluster).map(({ name, address, cpu, memory }) => ({
    name,
    address,
    netmask: netmaskOf(cluster, address),
    cpus: Math.ceil((millicores(cpu) ?? 0) / 1000),
    memory: (bytes(memory) ?? 0) / MEBIBYTE,
    scripts: aloneOn(cluster, name),
  })),
});

/** Of the range of nodes that holds the address; `cluster()` refuses an address outside of all. */
function netmaskOf({ cidrs }: MachineCluster, address: string): string {
  const range = cidrs.nodes.find((nodes) => holds(nodes, address)) ?? '';
  return ipaddr.IPv4.subnetMaskFromPrefixLength(ipaddr.IPv4.parseCIDR(range)[1]).toString();
}

/** Steps before the first control plane begins: from there on, machines wait for each other. */
function aloneOn(cluster: MachineCluster, name: string): string[] {
  const steps = planOf(cluster);
  const begins = steps.findIndex(({ script }) => script === 'control-plane');
  return steps.slice(0, begins).flatMap(({ machine, script }) => (machine === name ? [script] : []));
}

/** VirtualBox refuses other host-only networks until /etc/vbox/networks.conf on this computer says what this file does. */
function allowList({ cidrs }: MachineCluster, { network }: Vagrant) {
  const outside = cidrs.nodes.filter((range) => !covers(HOST_ONLY, range));
  if (network.kind === 'bridged' || outside.length === 0) return [];
  return [{ path: 'vbox-networks.conf', content: `* ${[HOST_ONLY, ...outside].join(' ')}\n` }];
}

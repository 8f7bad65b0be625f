import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { API_SERVER_PORT, balancersOf, type Machine, type MachineCluster } from '../../../cluster/machines';
import type { RenderedFile } from '../../../cluster/render/file';
import { virtualRouterOf } from '../../../cluster/render/keepalived/virtual-router';
import { type Watch, watchAddress } from './addresses';
import { type Balancer, createBalancer } from './balancer';
import { eventually } from './clock';
import { createHost, createSwitch, type Host, removeNamespace } from './network';
import { startProgram } from './programs';

/** What a rig is made of. */
export interface Parts {
  readonly cluster: MachineCluster;
  /** HAProxy's and keepalived's files for each balancer, by path below dist/cluster/<cluster>. */
  readonly files: readonly RenderedFile[];
  /** Folder for files and logs; of root, or keepalived refuses its scripts. */
  readonly folder: string;
  /** File with the key and certificate of the API servers. */
  readonly identity: string;
}

export interface Backend {
  readonly host: Host;
  readonly pid: number;
  /** From now on everything is answered with 500. */
  becomeUnready(): void;
}

/** Balancers before API servers, and a machine for clients, on a switch of their own. */
export interface Rig {
  readonly vip: string;
  readonly port: number;
  readonly client: Host;
  readonly backends: readonly Backend[];
  readonly balancers: readonly Balancer[];
  readonly address: Watch;
  /** Balancers that hold the address; two for a moment where one takes over from the other. */
  holders(): readonly Balancer[];
  /** The one that holds it. @throws Error where nobody does. */
  holder(): Balancer;
  close(): Promise<void>;
}

/** Where clients are: an address of the lab's network that no machine of the cluster has. */
const CLIENT = '192.0.2.200';

let rigs = 0;

/** Builds a rig and waits until one balancer holds the address. */
export async function createRig(parts: Parts): Promise<Rig> {
  const { cluster, identity } = parts;
  const name = `rig${++rigs}`;
  const link = cluster.build.interface;
  const vip = virtualRouterOf(cluster)?.address ?? '';
  const switchNamespace = `${name}-switch`;
  const namespaces = [switchNamespace];
  const close = async () => {
    for (const namespace of namespaces) await removeNamespace(namespace);
  };
  const host = async (machine: Pick<Machine, 'name' | 'address'>): Promise<Host> => {
    const namespace = `${name}-${machine.name}`;
    const port = `port${namespaces.length}`;
    namespaces.push(namespace);
    return createHost({ namespace, address: machine.address, port, switchNamespace, link });
  };
  await createSwitch(switchNamespace);
  try {
    const backends = await Promise.all(
      cluster.build.controlPlanes.map(async (machine) => startBackend(await host(machine), identity)),
    );
    const hosts = await Promise.all(balancersOf(cluster).map(host));
    const address = watchAddress(vip, hosts);
    const roots = writeFiles(parts, name);
    const balancers = hosts.map((each, index) => createBalancer(each, roots[index] ?? '', vip));
    for (const balancer of balancers) balancer.start();
    const holders = () => balancers.filter((balancer) => address.holders().includes(balancer.host));
    await eventually('one balancer that holds the address', () => holders().length === 1, 60_000);
    const client = await host({ name: 'client', address: CLIENT });
    const holder = (): Balancer => {
      const [holder] = holders();
      if (!holder) throw new Error(`${vip}: is held by nobody`);
      return holder;
    };
    const { port } = cluster.apiEndpoint;
    return { vip, port, client, backends, balancers, address, holders, holder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @returns the folder of each balancer's own files, in order. */
function writeFiles({ cluster, files, folder }: Parts, name: string): string[] {
  for (const { path, content } of files) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    // As load-balancer.sh does: scripts may be run, and nobody else may write them.
    writeFileSync(file, content, { mode: content.startsWith('#!') ? 0o755 : 0o644 });
  }
  return balancersOf(cluster).map((machine) => join(folder, name, 'nodes', machine.name, 'root'));
}

async function startBackend(host: Host, identity: string): Promise<Backend> {
  const process = startProgram(host, 'backend.ts', [host.address, String(API_SERVER_PORT), identity]);
  await new Promise<void>((resolve, reject) => {
    process.stdout?.once('data', () => resolve());
    process.once('exit', () => reject(new Error(`${host.namespace}: ended before it listened`)));
  });
  return { host, pid: process.pid ?? 0, becomeUnready: () => process.stdin?.write('not ready\n') };
}

import { balancersOf, isOnMachines, type Machine, type MachineCluster, machinesOf } from '../machines';
import { versionsOf } from '../versions';
import type { RenderedFile, Target } from './file';
import { portsOf } from './ports';

/** What the scripts know of each machine: its facts, its neighbours' names, the ports that it opens. */
export const nodes: Target = (cluster) => {
  if (!isOnMachines(cluster)) return [];
  return [
    ...machinesOf(cluster).flatMap((machine) => [
      file(machine, 'node.env', assignments(factsOf(cluster, machine))),
      file(machine, 'hosts', hostsOf(cluster)),
      file(machine, 'ports.tsv', table(['protocol', 'ports', 'source', 'why'], portsOf(cluster, machine))),
    ]),
    { path: 'taints.tsv', content: table(['node', 'taint'], taintsOf(cluster)) },
  ];
};

const file = ({ name }: Machine, path: string, content: string): RenderedFile => ({
  path: `nodes/${name}/${path}`,
  content,
});

/** Shell assignments that scripts source. Values are of letters that need no quoting in single quotes. */
function factsOf(cluster: MachineCluster, machine: Machine): Readonly<Record<string, string>> {
  const { build, apiEndpoint, kubernetes } = cluster;
  const versions = versionsOf(kubernetes);
  return {
    CLUSTER: cluster.name,
    NODE_NAME: machine.name,
    NODE_ROLE: machine.role,
    NODE_ADDRESS: machine.address,
    NODE_INTERFACE: build.interface,
    // The one that begins the cluster; afterwards it is like the others.
    FIRST_CONTROL_PLANE: build.controlPlanes[0]?.name ?? '',
    CONTROL_PLANES: build.controlPlanes.map(({ name }) => name).join(' '),
    API_HOST: apiEndpoint.host,
    API_PORT: String(apiEndpoint.port),
    // Whether HAProxy runs here, and whether an address moves between those that run it.
    BALANCES: String(balancersOf(cluster).some(({ name }) => name === machine.name)),
    VIP: 'vip' in build.balancing ? build.balancing.vip : '',
    KUBERNETES_VERSION: versions.kubernetes,
    KUBERNETES_MINOR: kubernetes,
    CONTAINERD_VERSION: versions.containerd,
    RUNC_VERSION: versions.runc,
    ADDONS: [
      'calico',
      ...(build.addons.metricsServer ? ['metrics-server'] : []),
      ...(cluster.metallbPool ? ['metallb'] : []),
      ...(build.addons.localPathProvisioner ? ['local-path-provisioner'] : []),
      ...(cluster.ingressController ? [cluster.ingressController.implementation] : []),
    ].join(' '),
    // Images come from ECR by the kubelet's credential provider.
    ECR: String(build.aws !== undefined),
  };
}

function assignments(facts: Readonly<Record<string, string>>): string {
  return `${Object.entries(facts)
    .map(([name, value]) => `${name}='${value}'`)
    .join('\n')}\n`;
}

/** Lines of /etc/hosts: no machine needs a name server to find its cluster. A cloud's balancer is found by DNS alone. */
function hostsOf(cluster: MachineCluster): string {
  const { balancing } = cluster.build;
  const endpoint = 'vip' in balancing ? balancing.vip : balancersOf(cluster)[0]?.address;
  const lines = machinesOf(cluster).map(({ name, address }) => `${address} ${name}`);
  if (endpoint) lines.push(`${endpoint} ${cluster.apiEndpoint.host}`);
  return `${lines.join('\n')}\n`;
}

const taintsOf = (cluster: MachineCluster): string[][] =>
  machinesOf(cluster).flatMap(({ name, taints }) =>
    taints.map(({ key, value, effect }) => [name, value ? `${key}=${value}:${effect}` : `${key}:${effect}`]),
  );

/** Tab-separated, a head line, no quoting: what `read` and `cut` take. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `${[head, ...rows].map((row) => row.join('\t')).join('\n')}\n`;

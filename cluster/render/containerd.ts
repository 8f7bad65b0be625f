import { isOnMachines, type MachineCluster, machinesOf } from '../machines';
import { containerdConfig, REGISTRY_HOSTS, registryHost } from './containerd/config';
import { MODULES, SYSCTLS } from './containerd/kernel';
import { UNIT } from './containerd/unit';
import { onMachine, type RenderedFile, type Target } from './file';
import { toml } from './toml';

/** The runtime of containers on every node, and what it and the network between pods want of the kernel. */
export const containerd: Target = (cluster) => {
  if (!isOnMachines(cluster)) return [];
  return machinesOf(cluster)
    .filter(({ role }) => role !== 'balancer')
    .flatMap(({ name }) => filesOf(cluster, name));
};

const filesOf = (cluster: MachineCluster, node: string): RenderedFile[] => [
  onMachine(node, '/etc/containerd/config.toml', toml(containerdConfig(cluster))),
  ...cluster.build.registries.map((registry) =>
    onMachine(node, `${REGISTRY_HOSTS}/${registry.host}/hosts.toml`, toml(registryHost(registry))),
  ),
  onMachine(node, '/etc/systemd/system/containerd.service', UNIT),
  onMachine(node, '/etc/modules-load.d/60-slipway.conf', MODULES),
  onMachine(node, '/etc/sysctl.d/60-slipway.conf', SYSCTLS),
];

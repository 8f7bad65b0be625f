import { isOnMachines, type Machine, type MachineCluster, machinesOf } from '../machines';
import { onMachine, type Target } from './file';
import { clusterConfiguration } from './kubeadm/cluster';
import { kubeletConfiguration, kubeletPatch } from './kubeadm/kubelet';
import { initConfiguration, joinConfiguration, PATCHES } from './kubeadm/node';
import { kubeProxyConfiguration } from './kubeadm/proxy';
import { yaml } from './yaml';

/** What kubeadm is told on each node: the first control plane begins a cluster, the others join it. */
export const kubeadm: Target = (cluster) => {
  if (!isOnMachines(cluster)) return [];
  return machinesOf(cluster)
    .filter(({ role }) => role !== 'balancer')
    .flatMap((machine) => [
      { path: `nodes/${machine.name}/kubeadm.yaml`, content: configuration(cluster, machine) },
      onMachine(machine.name, `${PATCHES}/kubeletconfiguration+merge.yaml`, yaml(kubeletPatch(machine))),
    ]);
};

const configuration = (cluster: MachineCluster, machine: Machine): string =>
  machine.name === cluster.build.controlPlanes[0]?.name
    ? yaml(
        initConfiguration(cluster, machine),
        clusterConfiguration(cluster),
        kubeletConfiguration,
        kubeProxyConfiguration(cluster),
      )
    : yaml(joinConfiguration(cluster, machine));

import type { MachineCluster } from '../../machines';
import { versionsOf } from '../../versions';
import type { KubeProxyConfiguration } from './component-configs';

/**
 * nftables where Calico has it, too: rules looked up in maps instead of read one by one; stable since Kubernetes 1.33, on
 * kernels from 5.13 on. IPVS is on its way out, and `strictARP`, which MetalLB asks for, means something there only.
 */
export const kubeProxyConfiguration = ({ kubernetes }: MachineCluster): KubeProxyConfiguration => ({
  apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
  kind: 'KubeProxyConfiguration',
  mode: versionsOf(kubernetes).packetFilter,
});

import { bytes, millicores } from '../../../tools/parse/quantity';
import type { Machine } from '../../machines';
import type { KubeletConfiguration, KubeletPatch } from './component-configs';

/** Every kubelet of the cluster; kubeadm keeps it in the cluster and joining machines take it from there. */
export const kubeletConfiguration: KubeletConfiguration = {
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  // As containerd's SystemdCgroup: two managers of one tree lose limits minutes after everything looked well.
  cgroupDriver: 'systemd',
  rotateCertificates: true,
  // The serving certificate comes from the cluster's authority, approved by an add-on, so that metrics-server and the
  // API server know whom they talk to. Self-signed, both would have to believe anybody.
  serverTLSBootstrap: true,
  // Pods are evicted from 85 % of the disk on, where the collection of images begins by default: begin before that.
  imageGCHighThresholdPercent: 75,
  imageGCLowThresholdPercent: 65,
  // A machine that shuts down ends its pods first: two minutes for workloads, as long as a database may take, then half
  // a minute for those of the system, which is what static pods get anyway.
  shutdownGracePeriod: '150s',
  shutdownGracePeriodCriticalPods: '30s',
};

/** What the machine keeps for itself: kubelet, containerd, system. Without it, pods may take all and the node dies with them. */
export const kubeletPatch = ({ cpu, memory }: Machine): KubeletPatch => ({
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  kubeReserved: {
    cpu: `${Math.ceil(share(millicores(cpu) ?? 0, CPU_SHARES))}m`,
    memory: `${Math.ceil(share((bytes(memory) ?? 0) / MI, MEMORY_SHARES))}Mi`,
  },
});

const MI = 2 ** 20;

/** A share of each slice of a machine: slices by their size, the last one has no end. */
type Shares = readonly (readonly [size: number, share: number])[];

/** Millicores; as GKE reserves them: https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes */
const CPU_SHARES: Shares = [
  [1000, 0.06],
  [1000, 0.01],
  [2000, 0.005],
  [Number.POSITIVE_INFINITY, 0.0025],
];

/** Mebibytes; from the same table. */
const MEMORY_SHARES: Shares = [
  [4096, 0.25],
  [4096, 0.2],
  [8192, 0.1],
  [112 * 1024, 0.06],
  [Number.POSITIVE_INFINITY, 0.02],
];

function share(total: number, shares: Shares): number {
  let left = total;
  let sum = 0;
  for (const [size, part] of shares) {
    sum += Math.min(left, size) * part;
    left = Math.max(0, left - size);
  }
  return sum;
}

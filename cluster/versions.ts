/** Versions that were tested together, by those who make them. */
export interface VersionSet {
  /** Exact release of Kubernetes, without a `v`. */
  readonly kubernetes: string;
  /** Day from which Kubernetes gets no more fixes: https://kubernetes.io/releases/ */
  readonly endOfLife: string;
  /** Whether it is what a cluster takes without saying more. `seed`: past its end of life; a cluster says so itself. */
  readonly profile: 'supported' | 'seed';
  /** Tag of the image that holds a pod's namespaces, as `kubeadm config images list` names it for this release. */
  readonly pause: string;
  readonly containerd: string;
  readonly runc: string;
  /** Its tested range holds the minor above: https://docs.tigera.io/calico/latest/getting-started/kubernetes/requirements */
  readonly calico: string;
  /** What kube-proxy and Calico write rules with, both the same: nftables is a preview in Calico before 3.31. */
  readonly packetFilter: 'nftables' | 'iptables';
  readonly metallb: string;
  readonly metricsServer: string;
  readonly kubeletServingCertApprover: string;
  readonly localPathProvisioner: string;
  /** Charts of ingress controllers, and the Helm that installs them. */
  readonly haproxyIngressChart: string;
  readonly traefikChart: string;
  readonly helm: string;
  /** What kubeadm of the minor runs; its tools make and restore snapshots. */
  readonly etcd: string;
  readonly ecrCredentialProvider: string;
}

/** What does not depend on the minor. */
const COMMON = {
  containerd: '2.3.7',
  runc: '1.4.3',
  metallb: '0.16.1',
  metricsServer: '0.9.0',
  kubeletServingCertApprover: '0.12.1',
  localPathProvisioner: '0.0.30',
  haproxyIngressChart: '1.49.0',
  traefikChart: '41.6.0',
  helm: '4.2.4',
  ecrCredentialProvider: '1.37.0',
} as const;

/** What three minors past their end of life share. */
const SEED = {
  ...COMMON,
  profile: 'seed',
  calico: '3.30.3',
  packetFilter: 'iptables',
  pause: '3.10',
  etcd: '3.5.24',
} as const;

/**
 * Sets by minor of Kubernetes. Sources, read in November 2026: releases of Kubernetes; Calico's requirements (3.32:
 * 1.34–1.36, 3.30: 1.31–1.33); images as each minor's
 * kubeadm names them; the other releases as their own repositories list them. containerd is of its long-term line.
 */
export const VERSION_SETS: Readonly<Record<string, VersionSet>> = {
  '1.36': {
    ...COMMON,
    kubernetes: '1.36.3',
    endOfLife: '2027-06-28',
    profile: 'supported',
    calico: '3.32.2',
    packetFilter: 'nftables',
    pause: '3.10.2',
    etcd: '3.6.8',
  },
  '1.33': { ...SEED, kubernetes: '1.33.13', endOfLife: '2026-06-28' },
  '1.32': { ...SEED, kubernetes: '1.32.13', endOfLife: '2026-02-28' },
  '1.31': { ...SEED, kubernetes: '1.31.14', endOfLife: '2025-10-28' },
};

const WARN_DAYS = 60;
const DAY = 24 * 60 * 60 * 1000;

/** What to tell people about the end of a set's life; nothing while it is more than 60 days away. */
export function endOfLifeWarning(set: VersionSet, now: Date): string | undefined {
  const days = Math.ceil((Date.parse(set.endOfLife) - now.getTime()) / DAY);
  if (days > WARN_DAYS) return undefined;
  return days > 0
    ? `Kubernetes ${set.kubernetes} gets no more fixes in ${days} days (${set.endOfLife})`
    : `Kubernetes ${set.kubernetes} is past its end of life (${set.endOfLife}): it gets no fixes`;
}

/** The set that a cluster runs; `cluster()` has refused a minor without one. */
export function versionsOf(minor: string): VersionSet {
  const set = VERSION_SETS[minor];
  if (!set) throw new Error(`Kubernetes ${minor} is in no tested set`);
  return set;
}

import type { MachineCluster } from '../../machines';
import { versionsOf } from '../../versions';
import { apiServer } from './api-server';
import type { ClusterConfiguration } from './v1beta4';

/** What is the same on every control plane; kubeadm keeps it in the cluster, and joins and upgrades read it there. */
export function clusterConfiguration(cluster: MachineCluster): ClusterConfiguration {
  const { name, cidrs, kubernetes, apiEndpoint } = cluster;
  return {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ClusterConfiguration',
    clusterName: name,
    // Exact: `stable-1.36` would be another version tomorrow.
    kubernetesVersion: `v${versionsOf(kubernetes).kubernetes}`,
    // A name, never an address: it stands in every kubeconfig and certificate, and behind it everything can move.
    controlPlaneEndpoint: `${apiEndpoint.host}:${apiEndpoint.port}`,
    networking: {
      podSubnet: cidrs.pods.join(','),
      serviceSubnet: cidrs.services.join(','),
      dnsDomain: 'cluster.local',
    },
    // As strong as RSA of 3072 bits; the API server signs each handshake and token many times faster.
    encryptionAlgorithm: 'ECDSA-P256',
    // kubeadm's own year. A longer one hides a renewal that does not work; the certificates timer renews in time.
    certificateValidityPeriod: '8760h',
    caCertificateValidityPeriod: '87600h',
    etcd: { local: { dataDir: '/var/lib/etcd', extraArgs: ETCD } },
    apiServer: apiServer(cluster),
    controllerManager: { extraArgs: [{ name: 'profiling', value: 'false' }] },
    scheduler: { extraArgs: [{ name: 'profiling', value: 'false' }] },
  };
}

/**
 * Full at 2 GiB, etcd's default, the cluster takes no more writes; 4 GiB gives time to act, and 8 GiB is the most that
 * etcd advises. API servers compact every five minutes, so etcd need not. Metrics stay on the loopback address, where
 * kubeadm puts them: they have neither TLS nor a password.
 */
const ETCD = [{ name: 'quota-backend-bytes', value: String(4 * 2 ** 30) }];

import type { KindBuild } from '../build';
import type { Cluster } from '../schema';
import { versionsOf } from '../versions';
import type { Target } from './file';
import type { KindCluster, KindNode } from './kind/v1alpha4';
import { yaml } from './yaml';

/**
 * Images of nodes, by minor of Kubernetes. kind publishes them for some patches only; this one comes with kind 0.32.0:
 * https://github.com/kubernetes-sigs/kind/releases/tag/v0.32.0
 */
const NODE_IMAGES: Readonly<Record<string, string>> = {
  '1.36': 'kindest/node:v1.36.1@sha256:3489c7674813ba5d8b1a9977baea8a6e553784dab7b84759d1014dbd78f7ebd5',
};

/** What the ingress controllers' manifests for kind look for: the one node whose ports lead out of Docker. */
const INGRESS_READY = { 'ingress-ready': 'true' };

/** `kind create cluster --config`: a cluster of containers. */
export const kind: Target = (cluster) => {
  const { build } = cluster;
  if (build.by !== 'kind') return [];
  return [{ path: 'kind-config.yaml', content: yaml(configuration(cluster, build)) }];
};

function configuration(cluster: Cluster, { hostPorts }: KindBuild): KindCluster {
  const { name, apiEndpoint, cidrs, nodePortRange, kubernetes, workers } = cluster;
  const image = NODE_IMAGES[kubernetes] ?? `kindest/node:v${versionsOf(kubernetes).kubernetes}`;
  const [http, https] = hostPorts;
  return {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    name,
    networking: {
      apiServerAddress: apiEndpoint.host,
      apiServerPort: apiEndpoint.port,
      podSubnet: cidrs.pods.join(','),
      serviceSubnet: cidrs.services.join(','),
      // kindnet is no part of what runs elsewhere: Calico takes its place.
      disableDefaultCNI: true,
      // Calico's rules are of the same kind (cluster/render/addons/calico.ts).
      kubeProxyMode: versionsOf(kubernetes).packetFilter,
    },
    kubeadmConfigPatches: [
      yaml({
        kind: 'ClusterConfiguration',
        apiServer: { extraArgs: { 'service-node-port-range': nodePortRange.join('-') } },
      }),
    ],
    nodes: [
      {
        role: 'control-plane',
        image,
        labels: INGRESS_READY,
        extraPortMappings: [
          // Seen by this computer alone, like the API server.
          { containerPort: 80, hostPort: http, listenAddress: apiEndpoint.host, protocol: 'TCP' },
          { containerPort: 443, hostPort: https, listenAddress: apiEndpoint.host, protocol: 'TCP' },
        ],
      },
      ...workers.map((worker) => workerNode(worker, image)),
    ],
  };
}

/** kind names its nodes itself: `<cluster>-worker`, then `<cluster>-worker2` and so on. */
const workerNode = ({ zone, taints }: Cluster['workers'][number], image: string): KindNode => ({
  role: 'worker',
  image,
  labels: { 'topology.kubernetes.io/zone': zone },
  ...(taints.length > 0
    ? { kubeadmConfigPatches: [yaml({ kind: 'JoinConfiguration', nodeRegistration: { taints } })] }
    : {}),
});

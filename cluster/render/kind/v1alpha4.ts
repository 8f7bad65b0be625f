/**
 * What is used of kind.x-k8s.io/v1alpha4, field by field:
 * https://github.com/kubernetes-sigs/kind/blob/v0.32.0/pkg/apis/config/v1alpha4/types.go
 */
export interface KindCluster {
  readonly kind: 'Cluster';
  readonly apiVersion: 'kind.x-k8s.io/v1alpha4';
  readonly name: string;
  readonly networking: Networking;
  /** YAML as text, merged into what kind makes for kubeadm; without an apiVersion it fits every version of it. */
  readonly kubeadmConfigPatches: readonly string[];
  readonly nodes: readonly KindNode[];
}

export interface Networking {
  /** Where the API server is reached on this computer. */
  readonly apiServerAddress: string;
  readonly apiServerPort: number;
  /** Two ranges of different families are joined by a comma. */
  readonly podSubnet: string;
  readonly serviceSubnet: string;
  readonly disableDefaultCNI: boolean;
  readonly kubeProxyMode: 'nftables' | 'iptables';
}

export interface KindNode {
  readonly role: 'control-plane' | 'worker';
  readonly image: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly extraPortMappings?: readonly PortMapping[];
  readonly kubeadmConfigPatches?: readonly string[];
}

export interface PortMapping {
  readonly containerPort: number;
  readonly hostPort: number;
  readonly listenAddress: string;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
}

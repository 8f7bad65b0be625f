/**
 * What is used of kops.k8s.io/v1alpha2, field by field: https://kops.sigs.k8s.io/cluster_spec/,
 * https://github.com/kubernetes/kops/blob/master/pkg/apis/kops/v1alpha2/cluster.go and instancegroup.go
 */
export interface KopsCluster {
  readonly apiVersion: 'kops.k8s.io/v1alpha2';
  readonly kind: 'Cluster';
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly api: {
      readonly loadBalancer: {
        readonly class: 'Network';
        readonly type: 'Internal' | 'Public';
        readonly crossZoneLoadBalancing: boolean;
        /** Whether kubelets go by it as well. */
        readonly useForInternalApi: boolean;
      };
    };
    readonly authorization: { readonly rbac: Readonly<Record<string, never>> };
    /** Source of default images and versions. */
    readonly channel: 'stable';
    readonly cloudProvider: 'aws';
    readonly configBase: string;
    readonly dnsZone: string;
    /** Secrets encrypted in etcd, by the key of `kops create secret encryptionconfig`. */
    readonly encryptionConfig: boolean;
    readonly etcdClusters: readonly EtcdCluster[];
    readonly iam: {
      readonly legacy: boolean;
      /** Nodes may pull from ECR. */
      readonly allowContainerRegistry: boolean;
      /** Service accounts have roles of their own, not their node's. */
      readonly useServiceAccountExternalPermissions: boolean;
    };
    readonly kubeAPIServer: { readonly serviceNodePortRange: string };
    readonly kubelet: { readonly anonymousAuth: boolean };
    readonly kubernetesApiAccess: readonly string[];
    readonly kubernetesVersion: string;
    readonly metricsServer: { readonly enabled: boolean };
    readonly networkCIDR: string;
    readonly networking: {
      readonly calico: {
        readonly encapsulationMode: 'vxlan';
        readonly vxlanMode: 'Always' | 'CrossSubnet' | 'Never';
      };
    };
    /** Holds the ranges of pods and Services. */
    readonly nonMasqueradeCIDR: string;
    readonly podCIDR: string;
    readonly serviceAccountIssuerDiscovery: {
      readonly discoveryStore: string;
      readonly enableAWSOIDCProvider: boolean;
    };
    readonly serviceClusterIPRange: string;
    readonly sshAccess: readonly string[];
    readonly subnets: readonly Subnet[];
    readonly topology: { readonly dns: { readonly type: 'Private' | 'Public' | 'None' } };
  };
}

export interface EtcdCluster {
  readonly name: 'main' | 'events';
  readonly etcdMembers: readonly {
    readonly name: string;
    readonly instanceGroup: string;
    readonly encryptedVolume: boolean;
  }[];
  readonly manager: { readonly backupRetentionDays: number };
}

export interface Subnet {
  readonly name: string;
  readonly zone: string;
  readonly cidr: string;
  /** `Utility`: for what faces the internet, such as NAT gateways. */
  readonly type: 'Private' | 'Utility';
}

export interface InstanceGroup {
  readonly apiVersion: 'kops.k8s.io/v1alpha2';
  readonly kind: 'InstanceGroup';
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    /** v1alpha2's word for a control plane is Master. */
    readonly role: 'Master' | 'Node';
    readonly machineType: string;
    readonly minSize: number;
    readonly maxSize: number;
    readonly subnets: readonly string[];
    /** GB */
    readonly rootVolumeSize: number;
    readonly rootVolumeEncryption: boolean;
    readonly taints?: readonly string[];
    readonly instanceMetadata: {
      readonly httpTokens: 'required';
      /** 1: a pod behind its node's bridge does not reach the node's role. */
      readonly httpPutResponseHopLimit: number;
    };
  };
}

/**
 * What slipway writes of kubeadm's configuration: https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/
 * A field that is not here is kubeadm's default on purpose.
 */
interface Kind<Name extends string> {
  readonly apiVersion: 'kubeadm.k8s.io/v1beta4';
  readonly kind: Name;
}

/** A flag of a program, without its dashes; v1beta4 takes a list, so that a flag may stand twice. */
export interface Arg {
  readonly name: string;
  readonly value: string;
}

export interface HostPathMount {
  readonly name: string;
  readonly hostPath: string;
  readonly mountPath: string;
  readonly readOnly: boolean;
  readonly pathType: 'File' | 'DirectoryOrCreate';
}

interface ControlPlaneComponent {
  readonly extraArgs: readonly Arg[];
  readonly extraVolumes?: readonly HostPathMount[];
}

export interface ApiServer extends ControlPlaneComponent {
  readonly certSANs: readonly string[];
  readonly extraVolumes: readonly HostPathMount[];
}

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

export interface NodeRegistration {
  readonly name: string;
  readonly criSocket: string;
  readonly taints: readonly Taint[];
  readonly kubeletExtraArgs: readonly Arg[];
  readonly imagePullPolicy: 'IfNotPresent';
}

interface ApiEndpoint {
  readonly advertiseAddress: string;
  readonly bindPort: number;
}

interface Patches {
  /** Folder on the machine with files such as `kubeletconfiguration+merge.yaml`. */
  readonly directory: string;
}

export interface InitConfiguration extends Kind<'InitConfiguration'> {
  readonly bootstrapTokens: readonly { readonly ttl: string }[];
  readonly localAPIEndpoint: ApiEndpoint;
  readonly nodeRegistration: NodeRegistration;
  readonly patches: Patches;
}

export interface ClusterConfiguration extends Kind<'ClusterConfiguration'> {
  readonly clusterName: string;
  readonly kubernetesVersion: string;
  readonly controlPlaneEndpoint: string;
  readonly networking: { readonly podSubnet: string; readonly serviceSubnet: string; readonly dnsDomain: string };
  readonly encryptionAlgorithm: 'ECDSA-P256';
  readonly certificateValidityPeriod: string;
  readonly caCertificateValidityPeriod: string;
  readonly etcd: { readonly local: { readonly dataDir: string; readonly extraArgs: readonly Arg[] } };
  readonly apiServer: ApiServer;
  readonly controllerManager: ControlPlaneComponent;
  readonly scheduler: ControlPlaneComponent;
}

export interface JoinConfiguration extends Kind<'JoinConfiguration'> {
  readonly discovery: {
    readonly bootstrapToken: {
      readonly apiServerEndpoint: string;
      readonly token: string;
      readonly caCertHashes: readonly string[];
    };
  };
  readonly nodeRegistration: NodeRegistration;
  readonly controlPlane?: { readonly localAPIEndpoint: ApiEndpoint; readonly certificateKey: string };
  readonly patches: Patches;
}

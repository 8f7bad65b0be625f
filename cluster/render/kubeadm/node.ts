import { API_SERVER_PORT, type Machine, type MachineCluster } from '../../machines';
import { CREDENTIAL_PROVIDER } from '../kubernetes/files';
import type { Arg, InitConfiguration, JoinConfiguration, NodeRegistration } from './v1beta4';

/** Where kubeadm finds what differs from machine to machine. */
export const PATCHES = '/etc/kubernetes/patches';

/** What stands for a secret until `join.sh` has put the one in its place that was minted for this join. */
export const PLACEHOLDERS = {
  token: '000000.0000000000000000',
  caCertHash: `sha256:${'0'.repeat(64)}`,
  certificateKey: '0'.repeat(64),
} as const;

export const initConfiguration = (cluster: MachineCluster, machine: Machine): InitConfiguration => ({
  apiVersion: 'kubeadm.k8s.io/v1beta4',
  kind: 'InitConfiguration',
  // kubeadm insists on one; nobody uses it, for each join gets its own.
  bootstrapTokens: [{ ttl: '1m0s' }],
  localAPIEndpoint: apiEndpointOf(machine),
  nodeRegistration: registration(cluster, machine),
  patches: { directory: PATCHES },
});

export const joinConfiguration = (cluster: MachineCluster, machine: Machine): JoinConfiguration => ({
  apiVersion: 'kubeadm.k8s.io/v1beta4',
  kind: 'JoinConfiguration',
  discovery: {
    bootstrapToken: {
      apiServerEndpoint: `${cluster.apiEndpoint.host}:${cluster.apiEndpoint.port}`,
      token: PLACEHOLDERS.token,
      caCertHashes: [PLACEHOLDERS.caCertHash],
    },
  },
  nodeRegistration: registration(cluster, machine),
  ...(machine.role === 'control-plane'
    ? { controlPlane: { localAPIEndpoint: apiEndpointOf(machine), certificateKey: PLACEHOLDERS.certificateKey } }
    : {}),
  patches: { directory: PATCHES },
});

/** The address of the specification: on a machine with several, kubeadm would take that of the default route. */
const apiEndpointOf = ({ address }: Machine) => ({ advertiseAddress: address, bindPort: API_SERVER_PORT });

const registration = (cluster: MachineCluster, machine: Machine): NodeRegistration => ({
  name: machine.name,
  criSocket: 'unix:///run/containerd/containerd.sock',
  // An empty list where there is none: without the field, kubeadm taints control planes by itself.
  taints: machine.taints.map(({ key, value, effect }) => ({ key, ...(value ? { value } : {}), effect })),
  kubeletExtraArgs: kubeletArgs(cluster, machine),
  imagePullPolicy: 'IfNotPresent',
});

/** Flags that the kubelet's configuration file has no field for. */
const kubeletArgs = ({ build }: MachineCluster, { address, zone }: Machine): Arg[] => [
  // The first address of a machine of Vagrant is a NAT's, the same on all of them.
  { name: 'node-ip', value: address },
  // One of the labels that a kubelet may give itself (admission plug-in NodeRestriction).
  ...(zone ? [{ name: 'node-labels', value: `topology.kubernetes.io/zone=${zone}` }] : []),
  ...(build.aws
    ? [
        { name: 'image-credential-provider-config', value: CREDENTIAL_PROVIDER.config },
        { name: 'image-credential-provider-bin-dir', value: CREDENTIAL_PROVIDER.programs },
      ]
    : []),
];

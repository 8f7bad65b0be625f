import type { Cluster } from '../../schema';
import { versionsOf } from '../../versions';

type Switch = 'Enabled' | 'Disabled';

/** What slipway writes of it: https://docs.tigera.io/calico/latest/reference/installation/api */
interface Installation {
  readonly apiVersion: 'operator.tigera.io/v1';
  readonly kind: 'Installation';
  readonly metadata: { readonly name: 'default' };
  readonly spec: {
    readonly calicoNetwork: {
      readonly linuxDataplane: 'Nftables' | 'Iptables';
      readonly bgp: Switch;
      readonly ipPools: readonly {
        readonly name: string;
        readonly cidr: string;
        readonly encapsulation: 'VXLAN' | 'None';
        readonly natOutgoing: Switch;
        readonly nodeSelector: string;
      }[];
      readonly nodeAddressAutodetectionV4: { readonly cidrs: readonly string[] };
    };
  };
}

interface ApiServer {
  readonly apiVersion: 'operator.tigera.io/v1';
  readonly kind: 'APIServer';
  readonly metadata: { readonly name: 'default' };
  readonly spec: Readonly<Record<string, never>>;
}

/** The network between pods, and the API of its policies. The MTU is Calico's to find: the nodes' less the encapsulation. */
export const calico = (cluster: Cluster): readonly [Installation, ApiServer] => [
  {
    apiVersion: 'operator.tigera.io/v1',
    kind: 'Installation',
    metadata: { name: 'default' },
    spec: { calicoNetwork: network(cluster) },
  },
  { apiVersion: 'operator.tigera.io/v1', kind: 'APIServer', metadata: { name: 'default' }, spec: {} },
];

function network({ kubernetes, cidrs, build }: Cluster): Installation['spec']['calicoNetwork'] {
  // Docker's network carries VXLAN like any other.
  const encapsulation = build.by === 'kubeadm' ? build.addons.cni.encapsulation : 'VXLAN';
  return {
    linuxDataplane: versionsOf(kubernetes).packetFilter === 'nftables' ? 'Nftables' : 'Iptables',
    // In VXLAN every node knows the others' ranges already; without, BGP tells them.
    bgp: encapsulation === 'VXLAN' ? 'Disabled' : 'Enabled',
    ipPools: cidrs.pods.map((cidr, index) => ({
      name: `pods-${index + 1}`,
      cidr,
      encapsulation,
      natOutgoing: 'Enabled',
      nodeSelector: 'all()',
    })),
    // Never the first address that is found: on Vagrant's machines it is a NAT's, the same on each.
    nodeAddressAutodetectionV4: { cidrs: cidrs.nodes },
  };
}

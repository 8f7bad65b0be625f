/** What slipway writes of it: imports/metallb/metallb-0.16.1-ipaddresspools.crd.yaml */
interface IPAddressPool {
  readonly apiVersion: 'metallb.io/v1beta1';
  readonly kind: 'IPAddressPool';
  readonly metadata: { readonly name: string; readonly namespace: 'metallb-system' };
  readonly spec: { readonly addresses: readonly string[] };
}

/** imports/metallb/metallb-0.16.1-l2advertisements.crd.yaml */
interface L2Advertisement {
  readonly apiVersion: 'metallb.io/v1beta1';
  readonly kind: 'L2Advertisement';
  readonly metadata: { readonly name: string; readonly namespace: 'metallb-system' };
  readonly spec: { readonly ipAddressPools: readonly string[]; readonly interfaces: readonly string[] };
}

const metadata = { name: 'nodes-network', namespace: 'metallb-system' } as const;

/** Addresses that Services may have, announced by ARP in the nodes' network and nowhere else. */
export const metallb = (pool: string, nodeInterface: string): readonly [IPAddressPool, L2Advertisement] => [
  {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata,
    spec: { addresses: [pool] },
  },
  {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'L2Advertisement',
    metadata,
    spec: { ipAddressPools: [metadata.name], interfaces: [nodeInterface] },
  },
];

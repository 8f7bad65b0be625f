import { API_SERVER_PORT } from '../machines';
import type { Cluster } from '../schema';
import { holds, overlap } from './cidr';

/** Networks of VirtualBox that need no allow list: https://www.virtualbox.org/manual/ch06.html#network_hostonly */
const VIRTUALBOX = '192.168.56.0/21';
/** The NAT that VirtualBox gives the first interface of every machine. */
const VIRTUALBOX_NAT = '10.0.2.0/24';

interface Range {
  readonly field: string;
  readonly range: string;
}

/** One address with the field that holds it. */
interface Placed {
  readonly field: string;
  readonly address: string;
}

/** Faults between addresses: ranges that overlap, addresses outside their network, twice, or where others hand them out. */
export function* addressFaults(where: string, spec: Cluster): Generator<string> {
  yield* overlaps(where, spec);
  yield* strays(where, spec);
  yield* twice(where, spec);
  yield* endpointFaults(where, spec);
}

function* overlaps(where: string, { cidrs, metallbPool, build }: Cluster): Generator<string> {
  const ranges: Range[] = (['nodes', 'pods', 'services'] as const).flatMap((field) =>
    cidrs[field].map((range) => ({ field: `cidrs.${field}`, range })),
  );
  if (metallbPool) ranges.push({ field: 'metallbPool', range: metallbPool });
  if (build.by === 'kubeadm' && build.vagrant) {
    ranges.push({ field: 'the NAT of VirtualBox', range: VIRTUALBOX_NAT });
    ranges.push({ field: 'the host-only networks of VirtualBox', range: VIRTUALBOX });
  }
  for (const [index, one] of ranges.entries()) {
    for (const other of ranges.slice(index + 1)) {
      if (!overlap(one.range, other.range) || mayOverlap(one, other)) continue;
      yield `${where}.${fieldOf(one, other)}; expected ranges apart, or answers reach the wrong network`;
    }
  }
}

/** The later one is to blame, unless it is VirtualBox's: nobody can change that. */
const fieldOf = (one: Range, other: Range): string =>
  other.field.includes('VirtualBox')
    ? `${one.field}: ${one.range} overlaps ${other.range}, ${other.field}`
    : `${other.field}: ${other.range} overlaps ${one.range} of ${one.field}`;

/** The pool is announced in the nodes' network; nodes and pool may well lie in VirtualBox's host-only range. */
function mayOverlap(one: Range, other: Range): boolean {
  const outside = one.field === 'cidrs.nodes' || one.field === 'metallbPool';
  if (other.range === VIRTUALBOX) return outside || one.range === VIRTUALBOX_NAT;
  return other.field === 'metallbPool' && one.field === 'cidrs.nodes';
}

/** Addresses of machines, in the order of the fields; the shared one is no machine's. */
function placed({ build, workers }: Cluster): Placed[] {
  if (build.by !== 'kubeadm') return [];
  const { balancing, controlPlanes } = build;
  const at = (list: string, machines: readonly { readonly address?: string | undefined }[]): Placed[] =>
    machines.flatMap(({ address }, index) => (address ? [{ field: `${list}.${index}.address`, address }] : []));
  return [
    ...('vip' in balancing ? [{ field: 'build.balancing.vip', address: balancing.vip }] : []),
    ...('machines' in balancing ? at('build.balancing.machines', balancing.machines) : []),
    ...at('build.controlPlanes', controlPlanes),
    ...at('workers', workers),
  ];
}

function* strays(where: string, spec: Cluster): Generator<string> {
  const { cidrs, build, metallbPool } = spec;
  for (const { field, address } of placed(spec)) {
    if (!cidrs.nodes.some((range) => holds(range, address))) {
      yield `${where}.${field}: ${address} lies in no range of cidrs.nodes; expected one of ${cidrs.nodes.join(', ')}`;
    }
    if (metallbPool && holds(metallbPool, address)) {
      yield `${where}.${field}: ${address} lies in metallbPool ${metallbPool}; expected an address that MetalLB does not hand out`;
    }
  }
  if (build.by !== 'kubeadm') return;
  for (const [index, { address }] of build.controlPlanes.entries()) {
    if (!cidrs.api.some((range) => holds(range, address))) {
      yield `${where}.build.controlPlanes.${index}.address: ${address} lies in no range of cidrs.api; policies would keep pods from this API server`;
    }
  }
  yield* vrrpStrays(where, spec);
}

/** An address moves between machines of one network only: ARP does not cross a router. */
function* vrrpStrays(where: string, { build, cidrs }: Cluster): Generator<string> {
  if (build.by !== 'kubeadm' || !('vip' in build.balancing)) return;
  const { balancing } = build;
  const network = cidrs.nodes.find((range) => holds(range, balancing.vip));
  const holders = balancing.kind === 'pair' ? balancing.machines : build.controlPlanes;
  const list = balancing.kind === 'pair' ? 'build.balancing.machines' : 'build.controlPlanes';
  for (const [index, { address }] of holders.entries()) {
    if (network === undefined || holds(network, address)) continue;
    yield `${where}.${list}.${index}.address: ${address} lies outside ${network}, the network of build.balancing.vip; expected one network, for the address moves by ARP`;
  }
}

function* twice(where: string, spec: Cluster): Generator<string> {
  const all = placed(spec);
  for (const [index, { field, address }] of all.entries()) {
    const first = all.findIndex((other) => other.address === address);
    if (first < index)
      yield `${where}.${field}: ${address} is the address of ${all[first]?.field}, too; expected one of its own`;
  }
}

function* endpointFaults(where: string, { apiEndpoint, build }: Cluster): Generator<string> {
  if (build.by !== 'kubeadm') return;
  if (/^[\d.]+$|:/.test(apiEndpoint.host)) {
    yield `${where}.apiEndpoint.host: ${apiEndpoint.host} is an address; expected a name: it stands in every certificate and kubeconfig, and a name can move`;
  }
  const own = build.balancing.kind === 'control-planes';
  if (own && apiEndpoint.port === API_SERVER_PORT) {
    yield `${where}.apiEndpoint.port: ${API_SERVER_PORT} is the API servers' own; expected another such as 8443, for the balancer stands on the same machines`;
  }
}

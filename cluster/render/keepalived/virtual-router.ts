import { createHash } from 'node:crypto';
import { overlap } from '../../rules/cidr';
import type { Cluster } from '../../schema';

/** The address that moves between the machines that balance. */
export interface VirtualRouter {
  readonly address: string;
  /** VRRP's id, 1–255: machines with the same one elect a holder among themselves. */
  readonly id: number;
  /** Whether the specification says the id; otherwise it comes from the cluster's name. */
  readonly isGiven: boolean;
}

/** Undefined where no address moves. */
export function virtualRouterOf({ name, build }: Cluster): VirtualRouter | undefined {
  if (build.by !== 'kubeadm' || !('vip' in build.balancing)) return undefined;
  const { vip: address, virtualRouterId: given } = build.balancing;
  return { address, id: given ?? derivedFrom(name), isGiven: given !== undefined };
}

/** Guides to VRRP all take 1 or 51; an id of the name's own seldom meets another one. */
const derivedFrom = (name: string): number => (createHash('sha256').update(name).digest().readUInt32BE(0) % 255) + 1;

/** Faults between clusters in one network: pairs that would take each other's adverts for their own. */
export function* virtualRouterCollisions(clusters: readonly Cluster[]): Generator<string> {
  for (const [index, one] of clusters.entries()) {
    const router = virtualRouterOf(one);
    for (const other of clusters.slice(0, index)) {
      const network = one.cidrs.nodes.find((range) => other.cidrs.nodes.some((theirs) => overlap(range, theirs)));
      if (!router || !network || virtualRouterOf(other)?.id !== router.id) continue;
      const origin = router.isGiven ? '' : ', which comes from the name,';
      yield `cluster ${one.name}.build.balancing.virtualRouterId: ${router.id}${origin} is cluster ${other.name}'s, too, and both have nodes in ${network}; expected an id of its own, 1 to 255, for each pair in a network`;
    }
  }
}

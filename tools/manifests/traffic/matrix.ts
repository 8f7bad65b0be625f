import type { ManifestSet } from '../manifest-set';
import type { Workload } from './landscape';
import { ANYONE, compareParties, type Party, showParty } from './party';
import { intersect, type Port, resolve, showPort, unite } from './ports';
import { type Side, type Sides, sidesOf } from './sides';

/**
 * Who may open connections to whom, and on which ports. Flows allow a connection on a port
 * - if one of them names both of its ends, or
 * - if each end that the set renders has one with `anyone` at the other side: `anyone` is everybody whom no policy of their
 *   own keeps from it, which is half an answer where both ends are the set's.
 */
export interface Flow {
  readonly from: Party;
  readonly to: Party;
  /** In the one form that `unite` gives; never empty. */
  readonly ports: readonly Port[];
}

/**
 * Every flow that the policies of a set leave open, in the order of `compareFlows`.
 *
 * Two workloads have a flow of their own where a rule of either names the other; whoever is open to everybody has one with
 * `anyone` instead of one with each workload. Policies of pods that the set does not render are not known: such an end is
 * taken to allow everything. A pod always reaches itself, and its node (kubelet's probes) always reaches it: neither is a flow.
 */
export const trafficOf = (set: ManifestSet): readonly Flow[] => flowsOf(sidesOf(set));

/** The flows that both sides of every pair allow. */
export function flowsOf(sides: Sides): readonly Flow[] {
  const flows = [...sides].flatMap(([{ party }, { Ingress, Egress }]) => [
    ...endsOf(Egress).map(({ party: to, ports }): Flow => ({ from: party, to, ports })),
    ...endsOf(Ingress).map(({ party: from, ports }): Flow => ({ from, to: party, ports })),
  ]);
  return [...flows, ...pairsOf(sides)].filter(({ ports }) => ports.length > 0).sort(compareFlows);
}

/** The other ends of a side that are no workload of the set, each once. */
function endsOf({ anyone, others }: Side): { readonly party: Party; readonly ports: readonly Port[] }[] {
  const ends = new Map<string, { party: Party; ports: Port[] }>();
  for (const { party, ports } of [{ party: ANYONE, ports: anyone }, ...others]) {
    const key = showParty(party);
    const known = ends.get(key);
    if (known) known.ports.push(...ports);
    else ends.set(key, { party, ports: [...ports] });
  }
  return [...ends.values()].map(({ party, ports }) => ({ party, ports: unite(ports) }));
}

/** Pairs of workloads that a rule of either side names. */
function pairsOf(sides: Sides): Flow[] {
  const flows: Flow[] = [];
  for (const [from, { Egress, Ingress }] of sides) {
    for (const to of Egress.workloads.keys()) flows.push(pairOf(sides, from, to));
    for (const caller of Ingress.workloads.keys()) {
      if (!sides.get(caller)?.Egress.workloads.has(from)) flows.push(pairOf(sides, caller, from));
    }
  }
  return flows;
}

function pairOf(sides: Sides, from: Workload, to: Workload): Flow {
  const leaves = sides.get(from)?.Egress;
  const enters = sides.get(to)?.Ingress;
  const open = (side: Side | undefined, other: Workload): readonly Port[] =>
    side ? [...side.anyone, ...(side.workloads.get(other) ?? [])] : [];
  return {
    from: from.party,
    to: to.party,
    ports: intersect(resolve(open(leaves, to), to.namedPorts), resolve(open(enters, from), to.namedPorts)),
  };
}

/** A total order of a matrix: one pair of parties stands in it once. */
export const compareFlows = (a: Flow, b: Flow): number => compareParties(a.from, b.from) || compareParties(a.to, b.to);

/** What a flow opens, one text for each port or range: a diff of two matrices is the difference of these sets. */
export const flowKeys = ({ from, to, ports }: Flow): readonly string[] =>
  ports.map((port) => `${showParty(from)} → ${showParty(to)}: ${showPort(port)}`);

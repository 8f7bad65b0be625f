import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { ManifestSet } from '../manifests/manifest-set';
import { carries } from '../manifests/selectors';
import { type Flow, trafficOf } from '../manifests/traffic/matrix';
import { ANYONE, type NetworksParty, type Party, type PodsParty, showParty } from '../manifests/traffic/party';
import { intersect, isNamed, type Port, type PortRange, subtract, unite } from '../manifests/traffic/ports';
import { isCovered } from './networks';
import { canonical } from './values';

/** Flows that only one of two sets leaves open, with the ports that only it opens. */
export interface TrafficDelta {
  readonly opened: readonly Flow[];
  readonly closed: readonly Flow[];
}

/** What meaning changed, not what text: a flow that was part of a wider one before was open already. */
export function trafficDelta(before: ManifestSet, after: ManifestSet): TrafficDelta {
  const [old, now] = [before, after].map((set) => trafficOf(set));
  return { opened: gained(old ?? [], now ?? []), closed: gained(now ?? [], old ?? []) };
}

function gained(old: readonly Flow[], now: readonly Flow[]): readonly Flow[] {
  const index = indexOf(old);
  return now.flatMap((flow) => {
    const ports = subtract(flow.ports, openIn(index, flow));
    return ports.length > 0 ? [{ ...flow, ports }] : [];
  });
}

/** Whoever is no workload of the set: addresses, or pods that it does not render. */
type Outsider = NetworksParty | PodsParty;

/** A flow, seen from the set's end of it. */
interface Outside {
  readonly party: Outsider;
  readonly ports: readonly Port[];
}

/** Flows by their two ends, and those that lead to outsiders, or come from them, by the end that is the set's. */
interface FlowIndex {
  readonly pairs: ReadonlyMap<string, readonly Port[]>;
  readonly outsiders: ReadonlyMap<string, readonly Outside[]>;
}

const pairKey = (from: Party, to: Party): string => `${showParty(from)} → ${showParty(to)}`;

const isOutsider = (party: Party): party is Outsider => party.kind === 'networks' || party.kind === 'pods';

/** The outsider of a flow, and the other end with the direction. */
function outsiderOf({ from, to }: Flow): readonly [party: Outsider, key: string] | undefined {
  if (isOutsider(from)) return [from, `→ ${showParty(to)}`];
  return isOutsider(to) ? [to, `${showParty(from)} →`] : undefined;
}

function indexOf(flows: readonly Flow[]): FlowIndex {
  const outsiders = new Map<string, Outside[]>();
  for (const flow of flows) {
    const [party, key] = outsiderOf(flow) ?? [];
    if (party === undefined || key === undefined) continue;
    const known = outsiders.get(key);
    if (known) known.push({ party, ports: flow.ports });
    else outsiders.set(key, [{ party, ports: flow.ports }]);
  }
  return { pairs: new Map(flows.map((flow) => [pairKey(flow.from, flow.to), flow.ports])), outsiders };
}

/** Ports that were open between the ends of a flow, by whatever flow. */
function openIn({ pairs, outsiders }: FlowIndex, flow: Flow): readonly Port[] {
  const { from, to } = flow;
  const between = (one: Party, other: Party): readonly Port[] => pairs.get(pairKey(one, other)) ?? [];
  const [direct, leaves, enters] = [between(from, to), between(from, ANYONE), between(ANYONE, to)];
  const outside = outsiderOf(flow);
  if (outside) {
    const known = outsiders.get(outside[1]) ?? [];
    const wider = known.filter(({ party }) => isWider(party, outside[0])).flatMap(({ ports }) => ports);
    return unite([...direct, ...leaves, ...enters, ...wider, ...openTogether(flow, outside[0], known)]);
  }
  // Both ends are the set's, and each has its say.
  return unite([...direct, ...intersect(leaves.filter(isNumber), enters.filter(isNumber))]);
}

const isNumber = (port: Port): port is PortRange => !isNamed(port);

/** Whether the pods of one party are all among another's. */
const isWider = (outer: Outsider, inner: Outsider): boolean =>
  outer.kind === 'pods' &&
  inner.kind === 'pods' &&
  isLooser(outer.namespaces, inner.namespaces) &&
  isLooser(outer.pods, inner.pods);

/** Ports that were open to all addresses of a network, by one network or by several together. */
function openTogether({ ports }: Flow, party: Outsider, known: readonly Outside[]): readonly Port[] {
  if (party.kind !== 'networks') return [];
  return ports.filter((port) => {
    const open = known.flatMap((other) =>
      other.party.kind === 'networks' && subtract([port], other.ports).length === 0 ? [other.party] : [],
    );
    return isCovered(party, open);
  });
}

/** Whether a selector asks for nothing that another does not ask for: then it chooses at least as much. */
function isLooser(selector: LabelSelector, other: LabelSelector): boolean {
  const asked = new Set((other.matchExpressions ?? []).map(canonical));
  return (
    carries(other.matchLabels ?? {}, selector.matchLabels ?? {}) &&
    (selector.matchExpressions ?? []).every((expression) => asked.has(canonical(expression)))
  );
}

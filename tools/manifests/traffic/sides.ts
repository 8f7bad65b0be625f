import type { ManifestSet } from '../manifest-set';
import { landscapeOf, type Workload } from './landscape';
import type { NetworksParty, PodsParty } from './party';
import { type Direction, policiesOf, type Rule } from './policies';
import { EVERY_PORT, type Port, type PortRange, resolve, unite } from './ports';

/** What the policies of one workload say of one direction; the other end has its own say. */
export interface Side {
  /** Whether a policy selects it for the direction. Otherwise everything is open. */
  readonly isolated: boolean;
  /** The rules that open it. */
  readonly rules: readonly Rule[];
  /** Ports that are open to everybody. */
  readonly anyone: readonly Port[];
  /** Ports that are open to pods that a rule chooses, by what makes them. */
  readonly workloads: ReadonlyMap<Workload, readonly PortRange[]>;
  readonly others: readonly { readonly party: PodsParty | NetworksParty; readonly ports: readonly Port[] }[];
}

/** Both sides of every workload of a set. */
export type Sides = ReadonlyMap<Workload, Readonly<Record<Direction, Side>>>;

export function sidesOf(set: ManifestSet): Sides {
  const landscape = landscapeOf(set);
  const isolating = { Ingress: new Map<Workload, Rule[]>(), Egress: new Map<Workload, Rule[]>() };
  for (const { selected, rules } of policiesOf(set, landscape)) {
    for (const direction of ['Ingress', 'Egress'] as const) {
      const opened = rules[direction];
      if (!opened) continue;
      for (const workload of selected) {
        const known = isolating[direction].get(workload);
        if (known) known.push(...opened);
        else isolating[direction].set(workload, [...opened]);
      }
    }
  }
  const side = (workload: Workload, direction: Direction): Side => {
    const rules = isolating[direction].get(workload);
    return rules ? isolatedSide(rules, direction, workload) : OPEN;
  };
  return new Map(
    landscape.workloads.map((workload) => [
      workload,
      { Ingress: side(workload, 'Ingress'), Egress: side(workload, 'Egress') },
    ]),
  );
}

const OPEN: Side = { isolated: false, rules: [], anyone: EVERY_PORT, workloads: new Map(), others: [] };

/** The union of rules. A port's name is a number on the pods that listen: the workload's own, or those that it calls. */
function isolatedSide(rules: readonly Rule[], direction: Direction, workload: Workload): Side {
  const listening = (other: Workload): Workload => (direction === 'Ingress' ? workload : other);
  const anyone: Port[] = [];
  const workloads = new Map<Workload, PortRange[]>();
  const others: Side['others'][number][] = [];
  for (const { peers, ports } of rules) {
    const open = direction === 'Ingress' ? resolve(ports, workload.namedPorts) : ports;
    if (peers === 'anyone') {
      anyone.push(...open);
      continue;
    }
    for (const other of peers.workloads) {
      const numbers = resolve(open, listening(other).namedPorts);
      const known = workloads.get(other);
      if (known) known.push(...numbers);
      else workloads.set(other, [...numbers]);
    }
    others.push(...peers.others.map((party) => ({ party, ports: open })));
  }
  return { isolated: true, rules, anyone: unite(anyone), workloads, others };
}

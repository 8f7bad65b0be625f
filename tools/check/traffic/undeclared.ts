import { type Flow, flowsOf } from '../../manifests/traffic/matrix';
import { type Party, showParty } from '../../manifests/traffic/party';
import { type Port, showPorts, subtract } from '../../manifests/traffic/ports';
import type { Sides } from '../../manifests/traffic/sides';
import { type Path, showPath } from '../../manifests/yaml';
import { identity, type Manifest } from '../../render/order';
import type { Subject } from '../check';
import { culpritsOf } from './blame';
import type { DeclaredTalk } from './declared';

/** Flows that a finding shows; a rule that chooses everybody leaves as many open as there are workloads. */
const SHOWN = 3;

/** Reports rules and workloads that leave open what no talk declares; one finding each. */
export function reportUndeclared(talks: readonly DeclaredTalk[], sides: Sides, report: Subject['report']): void {
  const found = new Map<string, { readonly object: Manifest; readonly path: Path; readonly flows: string[] }>();
  const culprits = culpritsOf(sides);
  for (const flow of undeclared(talks, flowsOf(sides))) {
    for (const { object, path, ports } of culprits(flow)) {
      const key = `${identity(object)} ${showPath(path)}`;
      const known = found.get(key) ?? { object, path, flows: [] };
      found.set(key, known);
      known.flows.push(`${showParty(flow.from)} → ${showParty(flow.to)} on ${showPorts(ports)}`);
    }
  }
  for (const { object, path, flows } of found.values()) {
    const more = flows.length > SHOWN ? [`${flows.length - SHOWN} more`] : [];
    report(
      object,
      path,
      `${path.length === 0 ? 'no policy isolates it, which leaves open' : 'leaves open'} ${[...flows.slice(0, SHOWN), ...more].join('; ')}`,
      'a talk of the inventory that declares it',
    );
  }
}

/** Flows with the ports that no talk declares. */
function undeclared(talks: readonly DeclaredTalk[], flows: readonly Flow[]): Flow[] {
  const declared = new Map<string, Port[]>();
  for (const { from, to, ports } of talks) {
    for (const caller of from.ends) {
      for (const callee of to.ends) {
        const key = keyOf(caller.party, callee.party);
        declared.set(key, [...(declared.get(key) ?? []), ...ports]);
      }
    }
  }
  return flows
    .map((flow) => ({ ...flow, ports: subtract(flow.ports, declared.get(keyOf(flow.from, flow.to)) ?? []) }))
    .filter(({ ports }) => ports.length > 0);
}

const keyOf = (from: Party, to: Party): string => `${showParty(from)} → ${showParty(to)}`;

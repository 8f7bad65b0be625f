import type { Workload } from '../../manifests/traffic/landscape';
import type { Flow } from '../../manifests/traffic/matrix';
import { type Party, showParty } from '../../manifests/traffic/party';
import type { Rule } from '../../manifests/traffic/policies';
import { type Port, resolve, subtract } from '../../manifests/traffic/ports';
import type { Side, Sides } from '../../manifests/traffic/sides';
import type { Path } from '../../manifests/yaml';
import type { Manifest } from '../../render/order';

/** What leaves ports of a flow open: a rule of a policy; or a workload, where no policy isolates it. */
export interface Culprit {
  readonly object: Manifest;
  readonly path: Path;
  readonly ports: readonly Port[];
}

/**
 * Who is at fault for a flow: rules that name the other end before those that open to anyone, and the policies of whoever
 * listens before the caller's.
 */
export function culpritsOf(sides: Sides): (flow: Flow) => readonly Culprit[] {
  const byText = new Map([...sides].map(([workload, both]) => [showParty(workload.party), { workload, ...both }]));
  return ({ from, to, ports }) => {
    const caller = byText.get(showParty(from));
    const callee = byText.get(showParty(to));
    const ends: readonly Judged[] = [
      ...(callee ? [{ workload: callee.workload, side: callee.Ingress, other: from }] : []),
      ...(caller ? [{ workload: caller.workload, side: caller.Egress, other: to }] : []),
    ];
    const opening = (matches: (rule: Rule, other: Party) => boolean): readonly Culprit[] => {
      const found = ends.map(({ side, other }) =>
        side.rules
          .filter((rule) => matches(rule, other))
          .map((rule) => {
            const opened = callee ? resolve(rule.ports, callee.workload.namedPorts) : rule.ports;
            return { object: rule.policy, path: rule.path, ports: subtract(ports, subtract(ports, opened)) };
          })
          .filter((culprit) => culprit.ports.length > 0),
      );
      return found.find((culprits) => culprits.length > 0) ?? [];
    };
    const named = opening(names);
    const rules = named.length > 0 ? named : opening(({ peers }) => peers === 'anyone');
    if (rules.length > 0) return rules;
    return ends
      .filter(({ side }) => !side.isolated)
      .map(({ workload }) => ({ object: workload.pods.owner, path: [], ports }));
  };
}

/** One end of a flow that the set renders. */
interface Judged {
  readonly workload: Workload;
  readonly side: Side;
  readonly other: Party;
}

function names({ peers }: Rule, other: Party): boolean {
  if (peers === 'anyone') return false;
  const text = showParty(other);
  return [...peers.workloads.map(({ party }) => party), ...peers.others].some((party) => showParty(party) === text);
}

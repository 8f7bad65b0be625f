import { selects } from '../../manifests/selectors';
import { type Party, showParty } from '../../manifests/traffic/party';
import { type Port, type PortRange, resolve, showPorts, subtract } from '../../manifests/traffic/ports';
import type { Side, Sides } from '../../manifests/traffic/sides';
import type { Subject } from '../check';
import { type DeclaredTalk, type End, isWorkload } from './declared';

/** Reports whoever shuts a talk: the caller, whose egress does not open it, and the callee, whose ingress does not. */
export function reportShut({ from, to, ports }: DeclaredTalk, sides: Sides, report: Subject['report']): void {
  for (const caller of judged(from.ends)) {
    for (const callee of judged(to.ends)) {
      if (isWorkload(caller)) {
        const shut = shutBy(sides.get(caller)?.Egress, callee, ports, callee);
        if (shut.length > 0) {
          report(
            caller.pods.owner,
            [],
            `may not reach ${showParty(callee.party)} on ${showPorts(shut)}`,
            'a policy whose egress opens what the inventory declares',
          );
        }
      }
      if (isWorkload(callee)) {
        const shut = shutBy(sides.get(callee)?.Ingress, caller, ports, callee);
        if (shut.length > 0) {
          report(
            callee.pods.owner,
            [],
            `may not be reached by ${showParty(caller.party)} on ${showPorts(shut)}`,
            'a policy whose ingress opens what the inventory declares',
          );
        }
      }
    }
  }
}

/** Pods that the set renders stand for a peer of labels; only without any is it about pods from elsewhere. */
function judged(ends: readonly End[]): readonly End[] {
  const workloads = ends.filter(isWorkload);
  return workloads.length > 0 ? workloads : ends;
}

/** Ports that a side does not open to the other end. */
function shutBy(side: Side | undefined, other: End, ports: readonly PortRange[], listening: End): readonly Port[] {
  if (!side) return ports;
  const named = isWorkload(other)
    ? (side.workloads.get(other) ?? [])
    : side.others.filter(({ party }) => standsFor(party, other.party)).flatMap((opened) => opened.ports);
  return subtract(ports, resolve([...side.anyone, ...named], isWorkload(listening) ? listening.namedPorts : []));
}

/** Whether what a policy names holds the declared pods or network. */
function standsFor(named: Party, declared: Party): boolean {
  if (named.kind === 'pods' && declared.kind === 'pods') {
    return (
      selects(named.namespaces, declared.namespaces.matchLabels ?? {}) &&
      selects(named.pods, declared.pods.matchLabels ?? {})
    );
  }
  return showParty(named) === showParty(declared);
}

import type { Flow } from '../../../../tools/manifests/traffic/matrix';
import type { Party } from '../../../../tools/manifests/traffic/party';
import type { Port } from '../../../../tools/manifests/traffic/ports';

/** One end of a connection that is asked about. */
export interface End {
  /** Whether the set renders its pods, so that its own flows say whom it may talk to. */
  readonly rendered: boolean;
  /** Whether a party stands for it; `anyone` is not asked. */
  isNamedBy(party: Exclude<Party, { kind: 'anyone' }>): boolean;
}

/**
 * Whether flows open a connection, of which the set renders at least one end:
 * - a flow names both ends, or
 * - every end that the set renders has a flow with `anyone` at the other side. `anyone` is half an answer: it stands for
 *   whoever does not keep to fewer himself, so that two isolated workloads need a flow each.
 * @param isAsked whether a port of a flow is the port that is asked about; whoever asks knows what names mean there.
 */
export function isOpen(flows: readonly Flow[], from: End, to: End, isAsked: (port: Port) => boolean): boolean {
  let leaves = !from.rendered;
  let enters = !to.rendered;
  for (const flow of flows) {
    const isFrom = flow.from.kind !== 'anyone' && from.isNamedBy(flow.from);
    const isTo = flow.to.kind !== 'anyone' && to.isNamedBy(flow.to);
    if (!(isFrom || isTo) || !flow.ports.some(isAsked)) continue;
    if (isFrom && isTo) return true;
    if (isFrom && flow.to.kind === 'anyone') leaves = true;
    if (isTo && flow.from.kind === 'anyone') enters = true;
  }
  return leaves && enters;
}

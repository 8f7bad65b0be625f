import { carries } from '../../manifests/selectors';
import type { Workload } from '../../manifests/traffic/landscape';
import { NAME_LABEL, type NetworksParty, type PodsParty } from '../../manifests/traffic/party';
import type { PortRange } from '../../manifests/traffic/ports';
import { canonical } from '../../manifests/traffic/selector';
import type { Inventory, Peer } from '../../render/inventory';

/** One end of a talk: a workload of the set, or what its policies must name. */
export type End = Workload | { readonly party: PodsParty | NetworksParty };

export const isWorkload = (end: End): end is Workload => 'pods' in end;

/** A talk, its peers found in a set. */
export interface DeclaredTalk {
  readonly from: DeclaredPeer;
  readonly to: DeclaredPeer;
  readonly ports: readonly PortRange[];
}

export interface DeclaredPeer {
  readonly peer: Peer;
  /** All that it stands for. A workload that the set does not hold is nothing. */
  readonly ends: readonly End[];
}

export function declaredTalks({ namespace, talks }: Inventory, workloads: readonly Workload[]): DeclaredTalk[] {
  const peerOf = (peer: Peer): DeclaredPeer => ({ peer, ends: endsOf(peer, namespace, workloads) });
  return talks.map(({ from, to, port, protocols }) => ({
    from: peerOf(from),
    to: peerOf(to),
    ports: protocols.map((protocol) => ({ protocol, first: port, last: port })),
  }));
}

/** Pods of another namespace are the set's where it renders such pods; policies may name them all the same. */
function endsOf(peer: Peer, namespace: string, workloads: readonly Workload[]): End[] {
  if ('networks' in peer) return peer.networks.map((cidr) => ({ party: { kind: 'networks', cidr, except: [] } }));
  if ('workload' in peer) {
    return workloads.filter(({ party }) => party.namespace === namespace && party.name === peer.workload);
  }
  const party: PodsParty = {
    kind: 'pods',
    namespaces: { matchLabels: { [NAME_LABEL]: peer.namespace } },
    pods: canonical({ matchLabels: { ...peer.podLabels } }),
  };
  const rendered = workloads.filter(
    ({ pods }) => pods.namespace === peer.namespace && carries(pods.labels, peer.podLabels),
  );
  return [...rendered, { party }];
}

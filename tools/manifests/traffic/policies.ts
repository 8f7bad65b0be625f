import type { NetworkPolicyPeer, NetworkPolicyPort } from 'kubernetes-types/networking/v1';
import { namespaceOf, type Typed } from '../kinds';
import type { ManifestSet } from '../manifest-set';
import type { Path } from '../yaml';
import type { Chosen, Landscape, Workload } from './landscape';
import { allOf, EVERY_PORT, type Port, type Protocol, unite } from './ports';
import { canonical } from './selector';

export type Direction = 'Ingress' | 'Egress';

/** One entry of a policy's `ingress` or `egress`. */
export interface Rule {
  readonly policy: Typed<'NetworkPolicy'>;
  /** Where it stands in the policy: `spec.ingress[0]`. */
  readonly path: Path;
  /** The other ends of what it opens. */
  readonly peers: 'anyone' | Chosen;
  readonly ports: readonly Port[];
}

/** A policy with its API's defaults filled in (networking.k8s.io/v1, NetworkPolicySpec). */
export interface Policy {
  readonly object: Typed<'NetworkPolicy'>;
  readonly selected: readonly Workload[];
  /** What it opens in a direction; undefined where it does not isolate for that direction. */
  readonly rules: Readonly<Record<Direction, readonly Rule[] | undefined>>;
}

/** The policies of a set. Of two with one name the last counts: it is what `kubectl apply` would leave. */
export function policiesOf(set: ManifestSet, landscape: Landscape): readonly Policy[] {
  const keyed = set
    .all('NetworkPolicy')
    .map((object) => [`${namespaceOf(object)}/${object.metadata.name}`, object] as const);
  return [...new Map(keyed).values()].map((object) => policyOf(object, landscape));
}

function policyOf(object: Typed<'NetworkPolicy'>, landscape: Landscape): Policy {
  const { podSelector, policyTypes, ingress, egress } = object.spec ?? {};
  const types = policyTypes?.length ? policyTypes : defaultTypes(egress ?? []);
  const home = namespaceOf(object);
  const incoming = (ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }));
  const outgoing = (egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
  const rules = (field: 'ingress' | 'egress', entries: readonly Entry[]) =>
    entries.map(
      ({ peers, ports }, index): Rule => ({
        policy: object,
        path: ['spec', field, index],
        peers: peers?.length ? chosenBy(peers, home, landscape) : 'anyone',
        ports: ports?.length ? unite(ports.map(portOf)) : EVERY_PORT,
      }),
    );
  return {
    object,
    selected: landscape.within(home, canonical(podSelector)),
    rules: {
      Ingress: types.includes('Ingress') ? rules('ingress', incoming) : undefined,
      Egress: types.includes('Egress') ? rules('egress', outgoing) : undefined,
    },
  };
}

/** A rule of either direction: its peers are called `from` in one and `to` in the other. */
interface Entry {
  readonly peers?: readonly NetworkPolicyPeer[];
  readonly ports?: readonly NetworkPolicyPort[];
}

/** "If no policyTypes are specified […] Ingress will always be set and Egress will be set if the policy has any egress rules." */
const defaultTypes = (egress: readonly unknown[]): readonly Direction[] =>
  egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];

function chosenBy(peers: readonly NetworkPolicyPeer[], home: string, landscape: Landscape): Chosen {
  const chosen = peers.map((peer) => landscape.choose(peer, home));
  return {
    workloads: [...new Set(chosen.flatMap(({ workloads }) => workloads))],
    others: chosen.flatMap(({ others }) => others),
  };
}

function portOf({ protocol: given, port, endPort }: NetworkPolicyPort): Port {
  const protocol = (given ?? 'TCP') as Protocol;
  if (port === undefined || port === null) return allOf(protocol);
  if (typeof port === 'string') return { protocol, name: port };
  return { protocol, first: port, last: endPort ?? port };
}

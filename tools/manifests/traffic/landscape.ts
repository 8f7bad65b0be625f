import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { NetworkPolicyPeer } from 'kubernetes-types/networking/v1';
import type { ManifestSet } from '../manifest-set';
import { containersOf, type PodTemplate } from '../pods';
import { selects } from '../selectors';
import { namespaceChooser } from './namespaces';
import type { NetworksParty, PodsParty, WorkloadParty } from './party';
import type { ContainerPort, Protocol } from './ports';
import { canonical } from './selector';

/** What makes pods, as policies see it. */
export interface Workload {
  readonly party: WorkloadParty;
  readonly pods: PodTemplate;
  /**
   * Whether its pods have their node's address. Most network plugins cannot tell their traffic from the node's: no policy
   * isolates them, no selector chooses them (kubernetes.io, Network Policies, "NetworkPolicy and hostNetwork pods").
   */
  readonly hostNetwork: boolean;
  /** What a port's name means on its pods. */
  readonly namedPorts: readonly ContainerPort[];
}

/** Whom peers of a rule choose. */
export interface Chosen {
  readonly workloads: readonly Workload[];
  /** Pods that the set does not render, and addresses. */
  readonly others: readonly (PodsParty | NetworksParty)[];
}

/** The pods and namespaces of a set, to be found by their labels. */
export interface Landscape {
  readonly workloads: readonly Workload[];
  /** Pods of one namespace. */
  within(namespace: string, selector: LabelSelector): readonly Workload[];
  /** @param home namespace of the policy that names the peer. */
  choose(peer: NetworkPolicyPeer, home: string): Chosen;
}

export function landscapeOf(set: ManifestSet): Landscape {
  const workloads = [...new Map(set.pods.map((pods) => [ownerKey(pods), pods])).values()].map(workloadOf);
  const chooseNamespaces = namespaceChooser(set, new Set(workloads.map(({ party }) => party.namespace)));
  const within = withinNamespaces(workloads.filter(({ hostNetwork }) => !hostNetwork));
  return {
    workloads,
    within,
    choose({ ipBlock, namespaceSelector, podSelector }, home) {
      if (ipBlock) return { workloads: [], others: [networks(ipBlock.cidr, ipBlock.except ?? [])] };
      const pods = canonical(podSelector);
      if (!namespaceSelector) return { workloads: podSelector ? within(home, pods) : [], others: [] };
      const namespaces = canonical(namespaceSelector);
      const { names, beyond } = chooseNamespaces(namespaces);
      return {
        workloads: names.flatMap((name) => within(name, pods)),
        others: beyond ? [{ kind: 'pods', namespaces, pods }] : [],
      };
    },
  };
}

/** Two objects with one key are the same object twice: the last is what `kubectl apply` would leave. */
const ownerKey = ({ owner, namespace }: PodTemplate): string => [owner.kind, namespace, owner.metadata.name].join('/');

const workloadOf = (pods: PodTemplate): Workload => ({
  party: { kind: 'workload', namespace: pods.namespace, name: pods.owner.metadata.name, ownerKind: pods.owner.kind },
  pods,
  hostNetwork: pods.spec.hostNetwork === true,
  namedPorts: containersOf(pods)
    .filter(({ role }) => role !== 'init')
    .flatMap(({ container }) => container.ports ?? [])
    .flatMap(({ name, protocol, containerPort }) =>
      name ? [{ protocol: (protocol ?? 'TCP') as Protocol, name, number: containerPort }] : [],
    ),
});

const networks = (cidr: string, except: readonly string[]): NetworksParty => ({
  kind: 'networks',
  cidr,
  except: [...new Set(except)].sort(),
});

/**
 * Finds workloads of a namespace through the rarest label that a selector asks for: policies name few pods of many, and
 * looking at every pod for every policy would be quadratic.
 */
function withinNamespaces(workloads: readonly Workload[]): Landscape['within'] {
  const index = new Map<string, Workload[]>();
  const add = (key: string, workload: Workload) => {
    const known = index.get(key);
    if (known) known.push(workload);
    else index.set(key, [workload]);
  };
  for (const workload of workloads) {
    const { namespace, labels } = workload.pods;
    add(namespace, workload);
    for (const pair of Object.entries(labels)) add([namespace, ...pair].join('\n'), workload);
  }
  return (namespace, selector) => {
    const keys = [
      namespace,
      ...Object.entries(selector.matchLabels ?? {}).map((pair) => [namespace, ...pair].join('\n')),
    ];
    const lists = keys.map((key) => index.get(key) ?? []);
    const shortest = lists.reduce((some, other) => (other.length < some.length ? other : some));
    return shortest.filter(({ pods }) => selects(selector, pods.labels));
  };
}

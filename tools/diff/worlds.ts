import { namespaceOf } from '../manifests/kinds';
import type { ManifestSet } from '../manifests/manifest-set';
import type { PodTemplate } from '../manifests/pods';
import { scalersOf } from '../manifests/replicas';
import type { Flow } from '../manifests/traffic/matrix';
import type { Manifest } from '../render/order';
import { readersOf } from './readers';

/** One side of a comparison, with what judges look up. */
export interface World {
  readonly scalers: ReturnType<typeof scalersOf>;
  /** Templates of pods by what makes them: `podsKey`. */
  readonly pods: ReadonlyMap<string, PodTemplate>;
  /** Templates by `namespace`, and by `namespace key=value` for each label of their pods. */
  readonly labelled: ReadonlyMap<string, readonly PodTemplate[]>;
  /** ServiceAccounts by `namespace/name`. */
  readonly accounts: ReadonlyMap<string, Manifest>;
  readonly readers: ReturnType<typeof readersOf>;
}

/** What makes pods, by namespace, kind and name; the same for a party of a flow. */
export const podsKey = ({ namespace, owner }: Pick<PodTemplate, 'namespace' | 'owner'>): string =>
  `${namespace}/${owner.kind}/${owner.metadata.name}`;

export function worldOf(set: ManifestSet): World {
  const labelled = new Map<string, PodTemplate[]>();
  for (const template of set.pods) {
    const pairs = Object.entries(template.labels).map(([key, value]) => `${template.namespace} ${key}=${value}`);
    for (const key of [template.namespace, ...pairs]) {
      const known = labelled.get(key);
      if (known) known.push(template);
      else labelled.set(key, [template]);
    }
  }
  const accounts = set.all('ServiceAccount');
  return {
    scalers: scalersOf(set),
    pods: new Map(set.pods.map((template) => [podsKey(template), template])),
    labelled,
    accounts: new Map(accounts.map((account) => [`${namespaceOf(account)}/${account.metadata.name}`, account])),
    readers: readersOf(set.pods),
  };
}

/** Two versions of a set of manifests, and the flows that only one of them leaves open, by `podsKey` of their ends. */
export interface Worlds {
  readonly before: World;
  readonly after: World;
  readonly opened: ReadonlyMap<string, readonly Flow[]>;
  readonly closed: ReadonlyMap<string, readonly Flow[]>;
}

/** Flows by the workloads at their ends. */
export function byEnds(flows: readonly Flow[]): ReadonlyMap<string, readonly Flow[]> {
  const ends = new Map<string, Flow[]>();
  for (const flow of flows) {
    for (const party of [flow.from, flow.to]) {
      if (party.kind !== 'workload') continue;
      const key = `${party.namespace}/${party.ownerKind}/${party.name}`;
      const known = ends.get(key);
      if (known) known.push(flow);
      else ends.set(key, [flow]);
    }
  }
  return ends;
}

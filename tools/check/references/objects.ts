import { type Kind, namespaceOf } from '../../manifests/kinds';
import type { Path } from '../../manifests/yaml';
import { identity, type Manifest } from '../../render/order';
import type { Check, Subject } from '../check';
import { meant } from './meant';

export const noDuplicates: Check = {
  id: 'references/duplicates',
  what: 'No object is there twice.',
  why: 'The one that is applied last wins, which is the order of file names.',
  exempt: 'Never.',
  judge: ({ set, report }) => {
    const first = new Map<string, Manifest>();
    for (const object of set.objects) {
      // Without a namespace and in `default` is the same place.
      const place = identity({ ...object, metadata: { ...object.metadata, namespace: namespaceOf(object) } });
      const other = first.get(place);
      if (other) report(object, ['metadata', 'name'], `is in ${set.entryOf(other)?.file} already`, 'every object once');
      else first.set(place, object);
    }
  },
};

/** A field that names an object. */
interface Place {
  readonly from: Manifest;
  readonly path: Path;
  /** Where the object is looked for; empty for one of the whole cluster. */
  readonly namespace: string;
  readonly name: string;
}

/** Names that a cluster has before anything is applied to it. */
export const BUILT_IN: Partial<Readonly<Record<Kind, readonly string[]>>> = {
  ClusterRole: ['admin', 'cluster-admin', 'edit', 'view'],
  Namespace: ['default', 'kube-node-lease', 'kube-public', 'kube-system'],
  PriorityClass: ['system-cluster-critical', 'system-node-critical'],
  ServiceAccount: ['default'],
};

/** Kinds that a cluster may bring with it; who is not told what it brings cannot judge. */
const PROVIDED: readonly Kind[] = ['IngressClass', 'PriorityClass', 'StorageClass'];

/** A check that every name of a kind stands for an object. */
function exists(
  kind: Kind,
  words: Pick<Check, 'id' | 'what' | 'why' | 'exempt'>,
  find: (subject: Subject) => Iterable<Place>,
): Check {
  return {
    ...words,
    judge: (subject) => {
      const { set, inventory, report, cannotJudge } = subject;
      const provided = (inventory?.provides ?? []).filter((object) => object.kind === kind).map(({ name }) => name);
      const unknown = new Set<string>();
      for (const { from, path, namespace, name } of find(subject)) {
        if (BUILT_IN[kind]?.includes(name) || provided.includes(name) || set.find(kind, namespace, name)) continue;
        if (!inventory && PROVIDED.includes(kind)) {
          unknown.add(name);
          continue;
        }
        const wrong = `${name} is no ${kind} that is rendered${PROVIDED.includes(kind) ? ' or that the cluster brings' : ''}`;
        report(from, path, wrong, meant(name, [...set.namesOf(kind, namespace), ...provided], `a rendered ${kind}`));
      }
      if (unknown.size > 0)
        cannotJudge(`without an inventory nobody says whether the cluster has ${[...unknown].join(', ')}`);
    },
  };
}

export const namespaceExists = exists(
  'Namespace',
  {
    id: 'references/namespace',
    what: "Every object lives in a namespace that is rendered with it, or in the cluster's own.",
    why: 'An object in a namespace that nobody made is refused, and one in the wrong namespace is forgotten.',
    exempt: 'A namespace that somebody else owns; the reason says who.',
  },
  function* ({ set }) {
    // A release without namespaces of its own lands in one that is there.
    if (set.all('Namespace').length === 0) return;
    for (const from of set.objects) {
      if (from.metadata.namespace === undefined) continue;
      yield { from, path: ['metadata', 'namespace'], namespace: '', name: from.metadata.namespace };
    }
  },
);

export const serviceAccountExists = exists(
  'ServiceAccount',
  {
    id: 'references/service-account',
    what: 'Every ServiceAccount that pods run as is rendered.',
    why: 'No pod of the workload is created while it is missing; the reason stands in an event of its ReplicaSet.',
    exempt: 'An account that an operator makes, which the reason names.',
  },
  function* ({ set }) {
    for (const { owner, path, namespace, spec } of set.pods) {
      for (const field of ['serviceAccountName', 'serviceAccount'] as const) {
        const name = spec[field];
        if (name) yield { from: owner, path: [...path, 'spec', field], namespace, name };
      }
    }
  },
);

export const claimExists = exists(
  'PersistentVolumeClaim',
  {
    id: 'references/claims',
    what: 'Every claim that a pod mounts is rendered.',
    why: 'The pod stays pending until somebody makes the claim.',
    exempt: 'A claim that is kept outside the manifests because of its data; the reason says where.',
  },
  function* ({ set }) {
    for (const { owner, path, namespace, spec } of set.pods) {
      for (const [index, { persistentVolumeClaim }] of (spec.volumes ?? []).entries()) {
        if (!persistentVolumeClaim) continue;
        const at = [...path, 'spec', 'volumes', index, 'persistentVolumeClaim', 'claimName'];
        yield { from: owner, path: at, namespace, name: persistentVolumeClaim.claimName };
      }
    }
  },
);

export const storageClassExists = exists(
  'StorageClass',
  {
    id: 'references/storage-class',
    what: 'Every storage class that a claim or a volume names is rendered, the cluster brings it, or volumes and claims share it.',
    why: 'A claim of an unknown class stays pending for ever.',
    exempt: 'Never: say in the facts of the cluster what it brings.',
  },
  function* ({ set }) {
    const [claimed, offered] = [[...claimedClasses(set)], [...offeredClasses(set)]];
    const [wanted, had] = [claimed, offered].map((places) => new Set(places.map(({ name }) => name)));
    // A volume that somebody made by hand and its claim meet by any name.
    yield* [...claimed, ...offered].filter(({ name }) => !(wanted?.has(name) && had?.has(name)));
  },
);

/** Storage classes that claims ask for. */
function* claimedClasses(set: Subject['set']): Generator<Place> {
  for (const from of set.all('PersistentVolumeClaim')) {
    const name = from.spec?.storageClassName;
    if (name) yield { from, path: ['spec', 'storageClassName'], namespace: '', name };
  }
  for (const from of set.all('StatefulSet')) {
    for (const [index, { spec }] of (from.spec?.volumeClaimTemplates ?? []).entries()) {
      const path = ['spec', 'volumeClaimTemplates', index, 'spec', 'storageClassName'];
      if (spec?.storageClassName) yield { from, path, namespace: '', name: spec.storageClassName };
    }
  }
}

/** Storage classes that volumes say they are of. */
function* offeredClasses(set: Subject['set']): Generator<Place> {
  for (const from of set.all('PersistentVolume')) {
    const name = from.spec?.storageClassName;
    if (name) yield { from, path: ['spec', 'storageClassName'], namespace: '', name };
  }
}

export const ingressClassExists = exists(
  'IngressClass',
  {
    id: 'references/ingress-class',
    what: 'Every class of an Ingress is rendered, or the cluster brings it.',
    why: 'No controller takes the Ingress, and none says so.',
    exempt: 'Never: say in the facts of the cluster what it brings.',
  },
  function* ({ set }) {
    for (const from of set.all('Ingress')) {
      const name = from.spec?.ingressClassName;
      if (name) yield { from, path: ['spec', 'ingressClassName'], namespace: '', name };
    }
  },
);

export const priorityClassExists = exists(
  'PriorityClass',
  {
    id: 'references/priority-class',
    what: 'Every priority class of a pod is rendered, or the cluster brings it.',
    why: 'The API server refuses the pod.',
    exempt: 'Never: say in the facts of the cluster what it brings.',
  },
  function* ({ set }) {
    for (const { owner, path, spec } of set.pods) {
      if (!spec.priorityClassName) continue;
      yield { from: owner, path: [...path, 'spec', 'priorityClassName'], namespace: '', name: spec.priorityClassName };
    }
  },
);

export const governingServiceExists = exists(
  'Service',
  {
    id: 'references/governing-service',
    what: 'The Service that a StatefulSet names is rendered.',
    why: 'Without it the pods have no names in DNS, and peers do not find each other.',
    exempt: 'Never.',
  },
  function* ({ set }) {
    for (const from of set.all('StatefulSet')) {
      const name = from.spec?.serviceName;
      if (name) yield { from, path: ['spec', 'serviceName'], namespace: namespaceOf(from), name };
    }
  },
);

import { type Kind, namespaceOf } from '../../manifests/kinds';
import type { Path } from '../../manifests/yaml';
import { closestName, oneOf } from '../../parse/parse';
import { identity, type Manifest } from '../../render/order';
import type { Check, Subject } from '../check';

export const noDuplicates: Check = {
  id: 'references/duplicates',
  what: 'No object is there twice.',
  why: 'The one that is applied last wins, which is the order of file names.',
  exempt: 'Never.',
  judge: ({ set, report }) => {
    const first = new Map<string, Manifest>();
    for (const object of set.objects) {
      const other = first.get(identity(object));
      if (other) report(object, ['metadata', 'name'], `is in ${set.entryOf(other)?.file} already`, 'every object once');
      else first.set(identity(object), object);
    }
  },
};

/** A field that names an object. */
interface Named {
  readonly from: Manifest;
  readonly path: Path;
  readonly kind: Kind;
  readonly namespace: string;
  readonly name: string;
}

/** Names that a cluster has before anything is applied to it. */
const BUILT_IN: Partial<Readonly<Record<Kind, readonly string[]>>> = {
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
  find: (subject: Subject) => Iterable<Omit<Named, 'kind'>>,
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
        const known = [...set.all(kind).map(({ metadata }) => metadata.name), ...provided];
        const near = closestName(name, known);
        report(
          from,
          path,
          `${name} is no ${kind} that is rendered${PROVIDED.includes(kind) ? ' or that the cluster brings' : ''}`,
          near ? `\`${near}\`` : known.length > 0 ? oneOf(known) : `a rendered ${kind}`,
        );
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
      if (spec.serviceAccountName === undefined) continue;
      yield { from: owner, path: [...path, 'spec', 'serviceAccountName'], namespace, name: spec.serviceAccountName };
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
    what: 'Every storage class that a claim or a volume names is rendered, or the cluster brings it.',
    why: 'A claim of an unknown class stays pending for ever.',
    exempt: 'Never: say in the facts of the cluster what it brings.',
  },
  function* ({ set }) {
    for (const kind of ['PersistentVolumeClaim', 'PersistentVolume'] as const) {
      for (const from of set.all(kind)) {
        const name = from.spec?.storageClassName;
        if (name) yield { from, path: ['spec', 'storageClassName'], namespace: '', name };
      }
    }
    for (const from of set.all('StatefulSet')) {
      for (const [index, { spec }] of (from.spec?.volumeClaimTemplates ?? []).entries()) {
        const path = ['spec', 'volumeClaimTemplates', index, 'spec', 'storageClassName'];
        if (spec?.storageClassName) yield { from, path, namespace: '', name: spec.storageClassName };
      }
    }
  },
);

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

import { containersOf, type PodTemplate } from '../manifests/pods';

/** Pods that name an object, and how they read it. */
export interface Reader {
  readonly pods: PodTemplate;
  /** Variables, and files below a `subPath`, are read once; a mounted folder follows changes. */
  readonly how: 'once' | 'files';
  /** Keys without which a pod cannot start. */
  readonly needs: readonly string[];
  /** Whether a pod cannot start without the object. */
  readonly needsIt: boolean;
}

type ReadKind = 'ConfigMap' | 'Secret' | 'ServiceAccount';

export const isRead = (kind: string): kind is ReadKind => ['ConfigMap', 'Secret', 'ServiceAccount'].includes(kind);

export const readKey = (kind: ReadKind, namespace: string, name: string): string => `${kind} ${namespace}/${name}`;

/** Readers by what they read. */
export function readersOf(templates: readonly PodTemplate[]): ReadonlyMap<string, readonly Reader[]> {
  const readers = new Map<string, Reader[]>();
  for (const pods of templates) {
    for (const [key, reader] of readingsOf(pods)) {
      const known = readers.get(key);
      if (known) known.push(reader);
      else readers.set(key, [reader]);
    }
  }
  return readers;
}

function* readingsOf(pods: PodTemplate): Generator<[string, Reader]> {
  const { serviceAccountName } = pods.spec;
  if (serviceAccountName !== undefined) {
    const key = readKey('ServiceAccount', pods.namespace, serviceAccountName);
    yield [key, { pods, how: 'once', needs: [], needsIt: true }];
  }
  for (const kind of ['ConfigMap', 'Secret'] as const) {
    const references = referencesOf(pods, kind);
    for (const name of new Set(references.map(nameOf))) {
      if (name === undefined) continue;
      const named = references.filter((reference) => nameOf(reference) === name);
      const needed = named.filter(({ optional }) => !optional);
      const how = named.some((reference) => reference.how === 'once') ? 'once' : 'files';
      const needs = needed.flatMap(({ items = [] }) => items.map(({ key }) => key));
      yield [readKey(kind, pods.namespace, name), { pods, how, needs, needsIt: needed.length > 0 }];
    }
  }
}

interface Reference {
  readonly how: Reader['how'];
  readonly name?: string;
  readonly secretName?: string;
  readonly optional?: boolean;
  readonly items?: readonly { readonly key: string }[];
}

const nameOf = ({ name, secretName }: Reference): string | undefined => name ?? secretName;

const FIELDS = {
  ConfigMap: { from: 'configMapRef', key: 'configMapKeyRef', volume: 'configMap' },
  Secret: { from: 'secretRef', key: 'secretKeyRef', volume: 'secret' },
} as const;

function referencesOf(pods: PodTemplate, kind: 'ConfigMap' | 'Secret'): Reference[] {
  const { from, key, volume } = FIELDS[kind];
  const references: Reference[] = [];
  const containers = containersOf(pods).map(({ container }) => container);
  for (const { env = [], envFrom = [] } of containers) {
    for (const source of envFrom) if (source[from]) references.push({ ...source[from], how: 'once' });
    for (const { valueFrom } of env) {
      const reference = valueFrom?.[key];
      if (reference) references.push({ ...reference, items: [{ key: reference.key }], how: 'once' });
    }
  }
  for (const { name, projected, ...sources } of pods.spec.volumes ?? []) {
    const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts.filter((mount) => mount.name === name));
    const how = mounts.some(({ subPath, subPathExpr }) => subPath ?? subPathExpr) ? 'once' : 'files';
    for (const reference of [sources[volume], ...(projected?.sources ?? []).map((source) => source[volume])]) {
      if (reference) references.push({ ...reference, how });
    }
  }
  return references;
}

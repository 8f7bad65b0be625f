import { namespaceOf } from '../../manifests/kinds';
import type { ManifestSet } from '../../manifests/manifest-set';
import { containersOf, type PodTemplate } from '../../manifests/pods';
import type { Path } from '../../manifests/yaml';
import type { Manifest } from '../../render/order';

/** A place in an object that names a ConfigMap or a Secret. */
export interface Reference {
  readonly from: Manifest;
  readonly path: Path;
  readonly namespace: string;
  readonly name: string;
  /** The keys that are read; undefined for all that there are. */
  readonly keys: readonly string[] | undefined;
  /** Nothing fails where it is missing. */
  readonly optional: boolean;
}

/** The fields that say which keys of which object; ConfigMaps and Secrets name them differently. */
interface Source {
  readonly name?: string;
  readonly secretName?: string;
  readonly items?: readonly { readonly key: string }[];
  readonly optional?: boolean;
}

/** Everything in a pod that names a ConfigMap, or a Secret: variables, volumes, projections. */
export function* podReferences(pod: PodTemplate, kind: 'ConfigMap' | 'Secret'): Generator<Reference> {
  const [keyRef, ref, volume] =
    kind === 'ConfigMap'
      ? (['configMapKeyRef', 'configMapRef', 'configMap'] as const)
      : (['secretKeyRef', 'secretRef', 'secret'] as const);
  const at = (path: Path, source: Source, keys: readonly string[] | undefined): Reference => ({
    from: pod.owner,
    path,
    namespace: pod.namespace,
    name: source.secretName ?? source.name ?? '',
    keys,
    optional: source.optional ?? false,
  });
  for (const { container, path } of containersOf(pod)) {
    for (const [index, { valueFrom }] of (container.env ?? []).entries()) {
      const source = valueFrom?.[keyRef];
      if (source) yield at([...path, 'env', index, 'valueFrom', keyRef], source, [source.key]);
    }
    for (const [index, entry] of (container.envFrom ?? []).entries()) {
      const source = entry[ref];
      if (source) yield at([...path, 'envFrom', index, ref], source, undefined);
    }
  }
  for (const [index, entry] of (pod.spec.volumes ?? []).entries()) {
    const path: Path = [...pod.path, 'spec', 'volumes', index];
    const source: Source | undefined = entry[volume];
    if (source)
      yield at(
        [...path, volume],
        source,
        source.items?.map(({ key }) => key),
      );
    for (const [number, projection] of (entry.projected?.sources ?? []).entries()) {
      const projected: Source | undefined = projection[volume];
      if (!projected) continue;
      const items = projected.items?.map(({ key }) => key);
      yield at([...path, 'projected', 'sources', number, volume], projected, items);
    }
  }
}

/** Every place in a set that names a Secret, pods and beyond. */
export function* secretReferences(set: ManifestSet): Generator<Reference & { readonly reader: string }> {
  for (const pod of set.pods) {
    for (const reference of podReferences(pod, 'Secret')) yield { ...reference, reader: pod.owner.metadata.name };
    for (const [index, { name = '' }] of (pod.spec.imagePullSecrets ?? []).entries()) {
      yield pulledBy(pod.owner, [...pod.path, 'spec', 'imagePullSecrets', index], name);
    }
  }
  for (const account of set.all('ServiceAccount')) {
    for (const [index, { name = '' }] of (account.imagePullSecrets ?? []).entries()) {
      yield pulledBy(account, ['imagePullSecrets', index], name);
    }
  }
  for (const ingress of set.all('Ingress')) {
    for (const [index, { secretName }] of (ingress.spec?.tls ?? []).entries()) {
      if (secretName === undefined) continue;
      yield {
        from: ingress,
        path: ['spec', 'tls', index, 'secretName'],
        namespace: namespaceOf(ingress),
        name: secretName,
        keys: ['tls.crt', 'tls.key'],
        optional: false,
        reader: 'ingress controller',
      };
    }
  }
}

/** The kubelet logs in at a registry with it. */
const pulledBy = (from: Manifest, path: Path, name: string) => ({
  from,
  path,
  namespace: namespaceOf(from),
  name,
  keys: ['.dockerconfigjson'],
  optional: false,
  reader: 'kubelet',
});

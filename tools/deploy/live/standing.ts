import { valueAt } from '../../manifests/pods';
import { isRecord, type Path } from '../../manifests/yaml';
import type { Manifest } from '../../render/order';
import type { LiveObject } from '../api/client';

/** Where Helm notes which release an object belongs to. */
export const RELEASE_NAME = 'meta.helm.sh/release-name';
export const RELEASE_NAMESPACE = 'meta.helm.sh/release-namespace';
/** Label by which Helm knows what it may change. */
export const MANAGED_BY = 'app.kubernetes.io/managed-by';

/** Metadata that the server writes and nobody applies. */
const SERVERS_OWN: ReadonlySet<string> = new Set([
  'creationTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** An object as it stands in the cluster, without what the server keeps for itself and what Helm notes on it. */
export function standing({ metadata, ...rest }: LiveObject | Manifest): Manifest {
  const { status: _, ...object } = rest as Manifest & { readonly status?: unknown };
  const { annotations = {}, ...kept } = Object.fromEntries(
    Object.entries(metadata).filter(([field]) => !SERVERS_OWN.has(field)),
  ) as Manifest['metadata'];
  const notes = Object.entries(annotations).filter(([name]) => name !== RELEASE_NAME && name !== RELEASE_NAMESPACE);
  return {
    ...object,
    metadata: { ...kept, ...(notes.length > 0 && { annotations: Object.fromEntries(notes) }) },
  };
}

/** Fields that the server makes up at every dry run anew, by kind; whoever applies may also set them. */
const MADE_UP: Readonly<Record<string, readonly Path[]>> = {
  Job: [
    ['spec', 'selector'],
    ...['batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name', 'controller-uid', 'job-name'].flatMap(
      (label): Path[] => [
        ['metadata', 'labels', label],
        ['spec', 'template', 'metadata', 'labels', label],
      ],
    ),
  ],
  Service: [
    ['spec', 'clusterIP'],
    ['spec', 'clusterIPs'],
    ['spec', 'healthCheckNodePort'],
  ],
};

/**
 * How an object would stand in the cluster, from a dry run: without addresses and ports that the server would hand out,
 * since a real run gets others.
 */
export function promised(answer: LiveObject, wanted: Manifest, live: LiveObject | undefined): Manifest {
  const object = structuredClone(standing(answer));
  const isMadeUp = (path: Path): boolean => valueAt(wanted, path) === undefined && valueAt(live, path) === undefined;
  for (const path of MADE_UP[object.kind] ?? []) if (isMadeUp(path)) remove(object, path);
  if (object.kind === 'Service') {
    const ports = valueAt(object, ['spec', 'ports']);
    for (const port of Array.isArray(ports) ? ports : []) {
      const alike = (one: unknown): boolean => ['port', 'protocol'].every((key) => port[key] === valueAt(one, [key]));
      const stated = [wanted, live].flatMap((one) => valueAt(one, ['spec', 'ports']) ?? []);
      const isStated = stated.some((one) => valueAt(one, ['nodePort']) === port.nodePort);
      // A port that stays keeps its number, whoever asked for it.
      if (!isStated || !stated.some(alike)) delete port.nodePort;
    }
  }
  return object;
}

function remove(object: unknown, path: Path): void {
  const holder = valueAt(object, path.slice(0, -1));
  const field = path.at(-1);
  if (isRecord(holder) && field !== undefined) delete holder[field];
}

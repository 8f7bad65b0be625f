/** What every manifest has; the rest passes through, or is read by its kind. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/**
 * Kinds in the order in which a reader, and an API server that is fed from the top, wants them: what is named
 * comes before what names it. Kinds that are not listed come last.
 */
const KINDS = [
  'Namespace',
  'ResourceQuota',
  'LimitRange',
  'StorageClass',
  'PersistentVolume',
  'CustomResourceDefinition',
  'ServiceAccount',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'NetworkPolicy',
  'ConfigMap',
  'PersistentVolumeClaim',
  'Service',
  'StatefulSet',
  'Deployment',
  'Job',
  'CronJob',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'Ingress',
];
const RANK = new Map(KINDS.map((kind, rank) => [kind, rank]));

/** A total order: kind, API group, namespace, name. Two objects that compare equal are the same object. */
export function compareManifests(a: Manifest, b: Manifest): number {
  return rank(a) - rank(b) || compareText(identity(a), identity(b));
}

/** What makes an object one and the same: API group, kind, namespace, name. The version is not part of it. */
export function identity({ apiVersion, kind, metadata }: Manifest): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  return [kind, group, metadata.namespace ?? '', metadata.name].join('/');
}

/** Code point order: the same on every machine, whatever its language. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const rank = ({ kind }: Manifest): number => RANK.get(kind) ?? KINDS.length;

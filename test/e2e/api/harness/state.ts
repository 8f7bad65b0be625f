import type { Api, LiveObject } from '../../../../tools/deploy/api/client';

/** Objects by `kind/name`, as they were asked for: nothing in it that changes by itself. */
export type State = Readonly<Record<string, unknown>>;

/** Lists of what a release writes, of what is named by it, and of what is stored. */
const LISTS = [
  ['api/v1', 'configmaps'],
  ['api/v1', 'services'],
  ['api/v1', 'serviceaccounts'],
  ['api/v1', 'secrets'],
  ['api/v1', 'persistentvolumeclaims'],
  ['api/v1', 'resourcequotas'],
  ['api/v1', 'limitranges'],
  ['apis/apps/v1', 'deployments'],
  ['apis/apps/v1', 'statefulsets'],
  ['apis/apps/v1', 'daemonsets'],
  ['apis/autoscaling/v2', 'horizontalpodautoscalers'],
  ['apis/batch/v1', 'jobs'],
  ['apis/batch/v1', 'cronjobs'],
  ['apis/networking.k8s.io/v1', 'ingresses'],
  ['apis/networking.k8s.io/v1', 'networkpolicies'],
  ['apis/policy/v1', 'poddisruptionbudgets'],
  ['apis/rbac.authorization.k8s.io/v1', 'roles'],
  ['apis/rbac.authorization.k8s.io/v1', 'rolebindings'],
] as const;

/**
 * Reads a namespace. Helm's own records are left out: a rolled-back failure stays among them, as it should.
 * @returns objects without status and without what the server counts up: two equal states are one.
 */
export async function stateOf(api: Api, namespace: string): Promise<State> {
  const lists = await Promise.all(
    LISTS.map(([group, resource]) => api.list<LiveObject>(`/${group}/namespaces/${namespace}/${resource}`)),
  );
  const objects = lists.flat().filter((object) => !isRecord(object));
  return Object.fromEntries(objects.map((object) => [`${object.kind}/${object.metadata.name}`, lasting(object)]));
}

const isRecord = (object: LiveObject): boolean =>
  (object as { type?: string }).type === 'helm.sh/release.v1' || object.metadata.name.startsWith('slipway-lease');

/** Annotation by which the Deployment controller counts rollouts; a rollback is one more. */
const COUNTED = 'deployment.kubernetes.io/revision';

function lasting(object: LiveObject): unknown {
  const { status: _, metadata, ...rest } = object as LiveObject & { status?: unknown };
  const { resourceVersion, managedFields, generation, uid, creationTimestamp, annotations, ...kept } = metadata;
  const notes = Object.entries(annotations ?? {}).filter(([name]) => name !== COUNTED);
  return { ...rest, metadata: { ...kept, annotations: Object.fromEntries(notes) } };
}

import type { Typed } from '../../manifests/kinds';
import type { Manifest } from '../../render/order';
import type { Api, LiveObject } from '../api/client';
import { type LiveWorkload, type Placed, readLive, stateOf, type WorkloadState } from './workloads';

export type LivePod = LiveObject & Pick<Typed<'Pod'>, 'spec' | 'status'>;
export type LiveReplicaSet = LiveObject & Pick<Typed<'ReplicaSet'>, 'spec' | 'status'>;

/** A workload of a release with what it made. */
export interface Seen extends Placed {
  readonly state: WorkloadState;
  /** Every pod that it made, those on their way out included. */
  readonly pods: readonly LivePod[];
  /** Those of its newest revision. */
  readonly newest: readonly LivePod[];
  /** A Deployment's ReplicaSets, the newest last. */
  readonly replicaSets: readonly LiveReplicaSet[];
}

/**
 * What a release's workloads look like at this moment. Workloads are read first: a revision that they know is then among
 * the ReplicaSets and pods that are read afterwards.
 */
export async function readScene(api: Api, namespace: string, objects: readonly Manifest[]): Promise<readonly Seen[]> {
  const placed = await readLive(api, namespace, objects);
  if (placed.length === 0) return [];
  const [replicaSets, pods] = await Promise.all([
    api.list<LiveReplicaSet>(`/apis/apps/v1/namespaces/${namespace}/replicasets`),
    readPods(api, namespace),
  ]);
  return placed.map((one) => seen(one, replicaSets, pods));
}

export const readPods = (api: Api, namespace: string): Promise<LivePod[]> =>
  api.list<LivePod>(`/api/v1/namespaces/${namespace}/pods`);

function seen(placed: Placed, allSets: readonly LiveReplicaSet[], allPods: readonly LivePod[]): Seen {
  const { object, live } = placed;
  const replicaSets = live ? allSets.filter((set) => isOf(set, live)).sort((a, b) => numberOf(a) - numberOf(b)) : [];
  const owners = live ? [live, ...replicaSets] : [];
  const pods = allPods.filter((pod) => owners.some((owner) => isOf(pod, owner)));
  return {
    ...placed,
    state: stateOf(object, live),
    replicaSets,
    pods,
    newest: live ? pods.filter((pod) => isNewest(pod, live, replicaSets.at(-1))) : [],
  };
}

/** An event of pods that a controller could not make. */
export interface Refusal extends LiveObject {
  readonly involvedObject: { readonly uid?: string };
  readonly message?: string;
  readonly count?: number;
}

/** Refusals of the whole namespace, as far as the cluster remembers. */
export const readRefusals = (api: Api, namespace: string): Promise<Refusal[]> =>
  api.list<Refusal>(`/api/v1/namespaces/${namespace}/events`, { fieldSelector: 'reason=FailedCreate' });

const isOf = ({ metadata }: LiveObject, owner: LiveObject): boolean =>
  metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid) ?? false;

/** The Deployment controller counts its revisions here; one that it went back to gets a new number. */
const numberOf = ({ metadata }: LiveObject): number =>
  Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);

function isNewest(pod: LivePod, live: LiveWorkload, replicaSet: LiveReplicaSet | undefined): boolean {
  const labels = pod.metadata.labels ?? {};
  switch (live.kind) {
    case 'Deployment':
      return replicaSet !== undefined && isOf(pod, replicaSet);
    case 'StatefulSet':
      return labels['controller-revision-hash'] === (live.status as Typed<'StatefulSet'>['status'])?.updateRevision;
    default:
      return (
        labels['pod-template-generation'] === live.metadata.annotations?.['deprecated.daemonset.template.generation']
      );
  }
}

/** Pods that are there to stay. */
export const staying = (pods: readonly LivePod[]): LivePod[] =>
  pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);

/** What is said of every container of a pod, those that prepare it included. */
export const containersSeen = ({ status }: LivePod) => [
  ...(status?.initContainerStatuses ?? []),
  ...(status?.containerStatuses ?? []),
];

/** How often the containers of a pod were started again, together. */
export const restartsOf = (pod: LivePod): number =>
  containersSeen(pod).reduce((sum, { restartCount }) => sum + restartCount, 0);

export const isReadyPod = ({ status }: LivePod): boolean =>
  status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;

/** `Deployment chat` */
export const title = ({ kind, name }: Pick<WorkloadState, 'kind' | 'name'>): string => `${kind} ${name}`;

import type { DaemonSetStatus, DeploymentSpec, StatefulSetSpec } from 'kubernetes-types/apps/v1';
import type { Typed } from '../../manifests/kinds';
import type { Manifest } from '../../render/order';
import type { Api, LiveObject } from '../api/client';

/** Kinds whose pods a release waits for, and their plural in paths. */
const WORKLOADS = { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' } as const;

export type WorkloadKind = keyof typeof WORKLOADS;
export type LiveWorkload = LiveObject & Pick<Typed<WorkloadKind>, 'spec' | 'status'>;

/** How far a workload is. */
export interface WorkloadState {
  readonly kind: string;
  readonly name: string;
  /** Pods that there are to be: the live object's say, which is the autoscaler's where there is one. */
  readonly desired: number;
  /** Pods of the newest revision. */
  readonly updated: number;
  readonly ready: number;
  /** Ready for `minReadySeconds`. */
  readonly available: number;
  /** Whether its controller has seen the newest generation; the numbers before belong to an older one. */
  readonly observed: boolean;
  /** Whether every pod is of the newest revision and available, and none of an older one is left. */
  readonly done: boolean;
  /** 0 where the object is not there. */
  readonly generation: number;
}

export const isWorkload = ({ apiVersion, kind }: Manifest): boolean =>
  apiVersion === 'apps/v1' && Object.hasOwn(WORKLOADS, kind);

/** Where the live objects of a kind are listed. */
export const listPath = (namespace: string, kind: WorkloadKind): string =>
  `/apis/apps/v1/namespaces/${namespace}/${WORKLOADS[kind]}`;

/** States of a release's Deployments, StatefulSets and DaemonSets, in the order of its objects. */
export async function readWorkloads(
  api: Api,
  namespace: string,
  objects: readonly Manifest[],
): Promise<readonly WorkloadState[]> {
  return (await readLive(api, namespace, objects)).map(({ object, live }) => stateOf(object, live));
}

/** A rendered workload, and what stands in the cluster of it. */
export interface Placed {
  readonly object: Manifest;
  readonly live: LiveWorkload | undefined;
}

/** One list a kind that the release holds; nobody needs to be allowed to read the others. */
export async function readLive(api: Api, namespace: string, objects: readonly Manifest[]): Promise<readonly Placed[]> {
  const wanted = objects.filter(isWorkload);
  const kinds = [...new Set(wanted.map(({ kind }) => kind as WorkloadKind))];
  const lists = await Promise.all(kinds.map((kind) => api.list<LiveWorkload>(listPath(namespace, kind))));
  const live = new Map(lists.flat().map((one) => [`${one.kind}/${one.metadata.name}`, one]));
  return wanted.map((object) => ({ object, live: live.get(`${object.kind}/${object.metadata.name}`) }));
}

/** How far a workload is, by the rules of `kubectl rollout status`. */
export function stateOf(object: Manifest, live: LiveWorkload | undefined): WorkloadState {
  const { kind, metadata } = object;
  const counts = countsOf(kind, live ?? (object as LiveWorkload));
  const generation = live?.metadata.generation ?? 0;
  const observed = live !== undefined && (live.status?.observedGeneration ?? 0) >= generation;
  const { desired, updated, ready, available, all, toUpdate } = counts;
  return {
    ...{ kind, name: metadata.name, desired, updated, ready, available, observed, generation },
    done: observed && updated >= toUpdate && available >= desired && all <= desired,
  };
}

interface Counts {
  readonly desired: number;
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
  /** Pods of every revision. */
  readonly all: number;
  /** Pods that must be of the newest revision before the rollout is over. */
  readonly toUpdate: number;
}

function countsOf(kind: string, { spec, status }: Pick<LiveWorkload, 'spec' | 'status'>): Counts {
  if (kind === 'DaemonSet') {
    const {
      desiredNumberScheduled = 0,
      currentNumberScheduled = 0,
      ...now
    } = (status ?? {}) as Partial<DaemonSetStatus>;
    return {
      desired: desiredNumberScheduled,
      updated: now.updatedNumberScheduled ?? 0,
      ready: now.numberReady ?? 0,
      available: now.numberAvailable ?? 0,
      all: currentNumberScheduled,
      toUpdate: desiredNumberScheduled,
    };
  }
  const { replicas: desired = 1 } = (spec ?? {}) as DeploymentSpec;
  const now = (status ?? {}) as Typed<'Deployment' | 'StatefulSet'>['status'] & object;
  return {
    desired,
    updated: now.updatedReplicas ?? 0,
    ready: now.readyReplicas ?? 0,
    available: now.availableReplicas ?? 0,
    all: now.replicas ?? 0,
    toUpdate: kind === 'StatefulSet' ? updatedByItself(spec as StatefulSetSpec, desired) : desired,
  };
}

/** Pods that a StatefulSet replaces without being told: none where it waits for their deletion, the upper part where it is partitioned. */
function updatedByItself({ updateStrategy }: StatefulSetSpec, desired: number): number {
  if (updateStrategy?.type === 'OnDelete') return 0;
  return Math.max(0, desired - (updateStrategy?.rollingUpdate?.partition ?? 0));
}

/** How a workload stands, in a line: `2 of 3 updated, 3 ready`. */
export const showState = ({ desired, updated, ready }: WorkloadState): string =>
  `${updated} of ${desired} updated, ${ready} ready`;

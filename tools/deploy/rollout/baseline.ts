import type { Api } from '../api/client';
import { ApiError } from '../api/error';
import { readPods, readRefusals, restartsOf, title } from './scene';
import { type LiveWorkload, listPath } from './workloads';

/** A namespace before a release: what is not new afterwards. */
export interface Baseline {
  /** Restarts of every pod, by its uid. */
  readonly pods: ReadonlyMap<string, number>;
  /** Generation of every workload: `Deployment chat`. */
  readonly generations: ReadonlyMap<string, number>;
  /** How often each refusal of pods had happened, by the uid of its event. */
  readonly refusals: ReadonlyMap<string, number>;
}

/** @throws ApiError, Unreachable where the namespace cannot be read. */
export async function takeBaseline(api: Api, namespace: string): Promise<Baseline> {
  const list = (kind: 'Deployment' | 'StatefulSet' | 'DaemonSet') => api.list<LiveWorkload>(listPath(namespace, kind));
  const [pods, deployments, statefulSets, daemonSets, refusals] = await Promise.all([
    readPods(api, namespace),
    list('Deployment'),
    list('StatefulSet'),
    // Whoever releases none need not be allowed to read them.
    list('DaemonSet').catch(noneIfForbidden),
    readRefusals(api, namespace),
  ]);
  return {
    pods: new Map(pods.map((pod) => [pod.metadata.uid, restartsOf(pod)])),
    generations: new Map(
      [...deployments, ...statefulSets, ...daemonSets].map(({ kind, metadata }) => [
        title({ kind, name: metadata.name }),
        metadata.generation ?? 0,
      ]),
    ),
    refusals: new Map(refusals.map(({ metadata, count = 1 }) => [metadata.uid, count])),
  };
}

function noneIfForbidden(error: unknown): [] {
  if (error instanceof ApiError && error.code === 403) return [];
  throw error;
}

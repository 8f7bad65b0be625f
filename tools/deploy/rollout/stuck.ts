import { setTimeout as pause } from 'node:timers/promises';
import type { StatefulSetSpec, StatefulSetStatus } from 'kubernetes-types/apps/v1';
import type { Manifest } from '../../render/order';
import type { Api } from '../api/client';
import { ApiError } from '../api/error';
import { isHopeless } from './complaints';
import { isReadyPod, type LivePod, readScene, type Seen, staying } from './scene';

/** Milliseconds between two looks. */
const EVERY = 1000;

/**
 * Pods that keep a StatefulSet from going on, forwards and back: its controller waits until a broken pod is ready before
 * it replaces it, though what replaces it is what would mend it. Kubernetes documents it as "forced rollback".
 * Broken are those whose containers will not start, and those that are not ready and belong to a revision that was given
 * up half-way: neither what ran nor what is to run.
 */
export function stuckPods(scene: readonly Seen[]): LivePod[] {
  return scene
    .filter(({ live, state }) => state.kind === 'StatefulSet' && state.observed && waitsForPods(live?.spec))
    .flatMap(({ live, pods, newest }) => {
      const { currentRevision } = (live?.status ?? {}) as Partial<StatefulSetStatus>;
      return staying(pods)
        .filter((pod) => !newest.includes(pod) && !isReadyPod(pod))
        .filter((pod) => isHopeless(pod) || pod.metadata.labels?.['controller-revision-hash'] !== currentRevision);
    });
}

function waitsForPods(spec: unknown): boolean {
  const { podManagementPolicy, updateStrategy } = (spec ?? {}) as StatefulSetSpec;
  const isWhole = (updateStrategy?.rollingUpdate?.partition ?? 0) === 0;
  return podManagementPolicy !== 'Parallel' && updateStrategy?.type !== 'OnDelete' && isWhole;
}

/** Deletes stuck pods; their claims stay. Where this account may not, it says what somebody has to do. */
export async function freeStuck(
  api: Api,
  namespace: string,
  pods: readonly LivePod[],
  print: (line: string) => void,
): Promise<void> {
  for (const { metadata } of pods) {
    const { name, uid } = metadata;
    try {
      await api.ask('DELETE', `/api/v1/namespaces/${namespace}/pods/${name}`, { body: { preconditions: { uid } } });
      print(`pod ${name} of an older revision never became ready and kept its StatefulSet waiting; it was deleted`);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 403) continue;
      print(
        `pod ${name} keeps its StatefulSet waiting, and this account may not delete it: kubectl -n ${namespace} delete pod ${name}`,
      );
    }
  }
}

/** Keeps freeing StatefulSets of what a failed release left, while they go back to what ran before. Never fails itself. */
export async function whileFreeing<Result>(
  work: Promise<Result>,
  {
    api,
    namespace,
    objects,
    print,
  }: { api: Api; namespace: string; objects: readonly Manifest[]; print(line: string): void },
): Promise<Result> {
  const ended = new AbortController();
  const told = new Set<string>();
  const once = (line: string) => {
    if (!told.has(line)) print(line);
    told.add(line);
  };
  const freeing = (async () => {
    while (!ended.signal.aborted) {
      try {
        await freeStuck(api, namespace, stuckPods(await readScene(api, namespace, objects)), once);
      } catch {
        // Whoever works has the last word; a cluster that does not answer is theirs to wait for.
      }
      await pause(EVERY, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })();
  try {
    return await work;
  } finally {
    ended.abort();
    void freeing;
  }
}

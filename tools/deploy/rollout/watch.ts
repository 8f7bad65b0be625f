import { setTimeout as pause } from 'node:timers/promises';
import type { Manifest } from '../../render/order';
import type { Api } from '../api/client';
import { ApiError, Unreachable } from '../api/error';
import type { Baseline } from './baseline';
import { complaintsOf, heardAt, reasonToGiveUp, type Standing } from './complaints';
import { type LivePod, readRefusals, readScene, title } from './scene';
import { freeStuck, stuckPods } from './stuck';
import { showState, type WorkloadState } from './workloads';

/** Milliseconds between two looks. */
const EVERY = 1000;
/** Milliseconds that the last look may take. */
const LAST_LOOK = 2000;

export interface WatchOptions {
  readonly api: Api;
  readonly namespace: string;
  readonly objects: readonly Manifest[];
  readonly before: Baseline;
  print(line: string): void;
  /** Called once at most, with the first reason for which waiting has no sense. */
  giveUp(reason: string): void;
}

/**
 * Follows a release while Helm waits: a line when a workload moves, and the first reason for which waiting has no
 * sense. Never fails: a cluster that does not answer is waited out, and whoever watches holds the deadline.
 * A StatefulSet that waits for a broken pod of an older revision is freed of it: that pod is what the release mends.
 * `end` looks a last time, so that the last lines are printed.
 */
export function watchRollout({ api, namespace, objects, before, print, giveUp }: WatchOptions): {
  end(): Promise<void>;
} {
  const ended = new AbortController();
  const progress = progressOf(before);
  let standing: readonly Standing[] = [];
  let trouble = '';
  const tried = new Set<string>();
  const newlyStuck = (pods: readonly LivePod[]) =>
    pods.filter(({ metadata: { uid } }) => !tried.has(uid) && tried.add(uid));

  const look = async () => {
    try {
      const scene = await readScene(api, namespace, objects);
      const events = await readRefusals(api, namespace);
      if (trouble !== '') print('the cluster answers again');
      trouble = '';
      for (const line of progress(scene.map(({ state }) => state))) print(line);
      if (!ended.signal.aborted) await freeStuck(api, namespace, newlyStuck(stuckPods(scene)), print);
      const now = performance.now();
      standing = heardAt(now, complaintsOf(scene, events, before), standing);
    } catch (error) {
      // What a cluster does not say is no reason: neither to give up nor to fail.
      const told = error instanceof Unreachable || error instanceof ApiError ? error.message : String(error);
      if (trouble === '') print(`cannot look: ${told}`);
      trouble = told;
    }
  };

  const watching = (async () => {
    while (!ended.signal.aborted) {
      await look();
      const reason = reasonToGiveUp(standing, performance.now());
      if (reason !== undefined && !ended.signal.aborted) return giveUp(reason);
      await pause(EVERY, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })();

  return {
    end: async () => {
      ended.abort();
      await Promise.race([watching.then(look), pause(LAST_LOOK, undefined, { ref: false })]);
    },
  };
}

/**
 * Tells what moved since the last time, a line a workload: `chat  2 of 3 updated, 3 ready`. A workload that the release
 * leaves alone is silent while it is well.
 */
export function progressOf(before: Pick<Baseline, 'generations'>) {
  const said = new Map<string, string>();
  return (states: readonly WorkloadState[]): string[] => {
    const label = labelling(states);
    const width = Math.max(0, ...states.map((state) => label(state).length));
    return states.flatMap((state) => {
      if (!state.observed) return [];
      const key = `${state.generation}: ${showState(state)}`;
      const was = said.get(title(state));
      said.set(title(state), key);
      const isUntouched = was === undefined && state.done && before.generations.get(title(state)) === state.generation;
      return was === key || isUntouched ? [] : [`${label(state).padEnd(width)}  ${showState(state)}`];
    });
  };
}

/** Names alone, where they tell workloads apart. */
function labelling(states: readonly WorkloadState[]): (state: WorkloadState) => string {
  const isUnique = new Set(states.map(({ name }) => name)).size === states.length;
  return isUnique ? ({ name }) => name : title;
}

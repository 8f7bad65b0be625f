import { setTimeout as pause } from 'node:timers/promises';
import type { Typed } from '../../manifests/kinds';
import type { Manifest } from '../../render/order';
import type { Api } from '../api/client';
import type { Baseline } from './baseline';
import { digestFaults, tagNotes } from './digests';
import { emptyServices, readSlices, type Slice } from './endpoints';
import { containersSeen, type LivePod, readScene, restartsOf, type Seen, staying, title } from './scene';

export { type Baseline, takeBaseline } from './baseline';

/** Milliseconds that controllers may lag behind: endpoints follow readiness, status follows pods. */
const LAG = 5000;
const EVERY = 250;

export interface Verified {
  /** What is not as it was rendered, or not well. */
  readonly faults: string[];
  /** What nobody could check, and what is worth a line without being a fault. */
  readonly notes: string[];
}

/**
 * Whether what runs is what was rendered, and is well: every controller has seen the newest generation, everything that
 * is to run is ready, runs the digests that were rendered, has endpoints, and was not started again since the baseline.
 * Gives the control plane a few seconds to catch up.
 * @throws ApiError, Unreachable where the cluster cannot be asked.
 */
export async function verify(
  api: Api,
  namespace: string,
  objects: readonly Manifest[],
  before: Baseline,
): Promise<Verified> {
  for (const until = performance.now() + LAG; ; await pause(EVERY)) {
    const [scene, slices] = await Promise.all([readScene(api, namespace, objects), readSlices(api, namespace)]);
    const { lagging, faults, notes } = judge(objects, scene, slices, before);
    if (faults.length > 0 || lagging.length === 0 || performance.now() >= until) {
      return { faults: [...faults, ...lagging], notes };
    }
  }
}

/** A release at one moment: what may still come, and what no waiting mends. */
export function judge(
  objects: readonly Manifest[],
  scene: readonly Seen[],
  slices: readonly Slice[],
  before: Pick<Baseline, 'pods'>,
): Verified & { readonly lagging: string[] } {
  const counts = scene.map((seen) => countsOf(seen, objects));
  const digests = scene.map(digestFaults);
  return {
    lagging: [
      ...counts.flatMap(({ faults }) => faults),
      ...digests.flatMap(({ unknown }) => unknown),
      ...emptyServices(objects, scene, slices),
    ],
    faults: [...digests.flatMap(({ wrong }) => wrong), ...scene.flatMap((seen) => restarted(seen, before))],
    notes: [...counts.flatMap(({ notes }) => notes), ...tagNotes(objects)],
  };
}

function countsOf({ live, state }: Seen, objects: readonly Manifest[]): Verified {
  if (live === undefined) return { faults: [`${title(state)}: is not there`], notes: [] };
  if (!state.observed) {
    return { faults: [`${title(state)}: no controller has seen generation ${state.generation}`], notes: [] };
  }
  if (state.done) return { faults: [], notes: [] };
  const { desired, updated, available } = state;
  const numbers = `${updated} of ${desired} updated, ${available} available`;
  // An autoscaler that adds pods at this very moment is at work, and the release is not at fault.
  const least = fewestOf(objects, state);
  if (least !== undefined && updated >= least && available >= Math.min(least, desired)) {
    return { faults: [], notes: [`${state.name}: ${numbers}; its autoscaler is at work`] };
  }
  return { faults: [`${title(state)}: ${numbers}; expected all`], notes: [] };
}

/** The fewest pods that an autoscaler of the release leaves a workload; undefined without one. */
function fewestOf(objects: readonly Manifest[], { kind, name }: Seen['state']): number | undefined {
  const scaler = (objects as readonly Typed<'HorizontalPodAutoscaler'>[]).find(
    (object) =>
      object.kind === 'HorizontalPodAutoscaler' &&
      object.spec?.scaleTargetRef.kind === kind &&
      object.spec.scaleTargetRef.name === name,
  );
  return scaler && (scaler.spec?.minReplicas ?? 1);
}

const restarted = ({ pods }: Seen, before: Pick<Baseline, 'pods'>): string[] =>
  staying(pods).flatMap((pod) => {
    const more = restartsOf(pod) - (before.pods.get(pod.metadata.uid) ?? 0);
    return more > 0
      ? [`Pod ${pod.metadata.name}: was started again ${times(more)} since the release${lastEnd(pod)}`]
      : [];
  });

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** How its containers ended; not their last words, which may hold anything. */
const lastEnd = (pod: LivePod): string =>
  containersSeen(pod)
    .flatMap(({ name, lastState }) => {
      const ended = lastState?.terminated;
      return ended ? [`; ${name} ended with code ${ended.exitCode}${ended.reason ? `, ${ended.reason}` : ''}`] : [];
    })
    .join('');

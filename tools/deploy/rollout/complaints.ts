import type { Typed } from '../../manifests/kinds';
import type { Baseline } from './baseline';
import { containersSeen, type LivePod, type Refusal, type Seen, staying, title } from './scene';

/** Milliseconds that a pod may have no place: volumes get bound, nodes come. */
export const UNSCHEDULABLE_GRACE = 20_000;
/** Milliseconds that pods may be refused: what goes makes room in a quota. */
export const REFUSED_GRACE = 5_000;

/** Something because of which a rollout will not end well. */
export interface Complaint {
  /** What it is about; the same from look to look, whatever its words. */
  readonly about: string;
  readonly words: string;
  /** Milliseconds for which it must hold before it counts. */
  readonly grace: number;
}

/** A complaint and the time (milliseconds) at which it was first heard without a break. */
export interface Standing extends Complaint {
  readonly since: number;
}

/** The first reason for which waiting has no sense. */
export const reasonToGiveUp = (standing: readonly Standing[], now: number): string | undefined =>
  standing.find(({ since, grace }) => now - since >= grace)?.words;

/** What was complained of before keeps its time; what is not heard any more is forgotten. */
export function heardAt(now: number, complaints: readonly Complaint[], before: readonly Standing[]): Standing[] {
  const known = new Map(before.map(({ about, since }) => [about, since]));
  return complaints.map((complaint) => ({ ...complaint, since: known.get(complaint.about) ?? now }));
}

/**
 * What stands against a release. Only its own pods count: those of the newest revision of a workload that it changed,
 * made since it began. What was broken before is what it may have come to mend.
 */
export function complaintsOf(
  scene: readonly Seen[],
  events: readonly Refusal[],
  before: Pick<Baseline, 'pods' | 'generations' | 'refusals'>,
): Complaint[] {
  return scene
    .filter(({ state }) => state.observed && state.generation > (before.generations.get(title(state)) ?? 0))
    .flatMap((seen) => [
      ...stalled(seen),
      ...staying(seen.newest)
        .filter(({ metadata }) => !before.pods.has(metadata.uid))
        .flatMap((pod) => [...broken(seen, pod), ...unscheduled(seen, pod)]),
      ...refused(seen, events, before),
    ]);
}

/** Reasons with which a kubelet lets a container wait and that no waiting mends. */
const HOPELESS: ReadonlySet<string> = new Set([
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'CreateContainerConfigError',
  'CreateContainerError',
  'CrashLoopBackOff',
]);

/** Whether a container of a pod will not start, however long anybody waits. */
export const isHopeless = (pod: LivePod): boolean =>
  containersSeen(pod).some(({ state }) => HOPELESS.has(state?.waiting?.reason ?? ''));

function broken({ state }: Seen, pod: LivePod): Complaint[] {
  return containersSeen(pod).flatMap(({ name, state: container, lastState }) => {
    const { reason = '', message = '' } = container?.waiting ?? {};
    if (!HOPELESS.has(reason)) return [];
    // How it ended, but not its last words: a program may print anything there.
    const ended = lastState?.terminated;
    const end = ended ? `; it ended with code ${ended.exitCode}${ended.reason ? `, ${ended.reason}` : ''}` : '';
    return [
      {
        about: `${pod.metadata.uid} ${name}`,
        words: `${title(state)}: container ${name} of pod ${pod.metadata.name}: ${reason}${message && ` (${message})`}${end}`,
        grace: 0,
      },
    ];
  });
}

function unscheduled({ state }: Seen, { metadata, status }: LivePod): Complaint[] {
  const placed = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (placed?.status !== 'False' || placed.reason !== 'Unschedulable') return [];
  return [
    {
      about: `${metadata.uid} unschedulable`,
      words: `${title(state)}: no node takes pod ${metadata.name}: ${placed.message ?? 'Unschedulable'}`,
      grace: UNSCHEDULABLE_GRACE,
    },
  ];
}

/** What a Deployment's controller says of the rollout itself. */
function stalled({ live, state }: Seen): Complaint[] {
  if (state.kind !== 'Deployment') return [];
  const { conditions = [] } = (live?.status ?? {}) as Typed<'Deployment'>['status'] & object;
  const progressing = conditions.find(({ type }) => type === 'Progressing');
  if (progressing?.status !== 'False') return [];
  const words = `${title(state)}: ${progressing.reason}: ${progressing.message ?? 'no progress'}`;
  if (progressing.reason === 'ProgressDeadlineExceeded') return [{ about: `${title(state)} late`, words, grace: 0 }];
  if (progressing.reason !== 'ReplicaSetCreateError') return [];
  return [{ about: `${title(state)} refused`, words, grace: REFUSED_GRACE }];
}

/** Pods that the API server does not let a controller make: a quota, an admission policy. */
function refused(
  { live, state, pods, replicaSets }: Seen,
  events: readonly Refusal[],
  before: Pick<Baseline, 'refusals'>,
) {
  const words = replicaSets.length > 0 ? refusalOf(replicaSets.at(-1)) : lastRefusal();
  if (words === undefined) return [];
  return [
    { about: `${title(state)} refused`, words: `${title(state)}: pods are refused: ${words}`, grace: REFUSED_GRACE },
  ];

  // A StatefulSet has no condition for it, so its events must say it; they outlive what they tell of.
  function lastRefusal(): string | undefined {
    if (state.kind === 'Deployment' || staying(pods).length >= state.desired) return undefined;
    return events.findLast(
      ({ involvedObject, metadata, count = 1 }) =>
        involvedObject.uid === live?.metadata.uid && count > (before.refusals.get(metadata.uid) ?? 0),
    )?.message;
  }
}

function refusalOf(replicaSet: Seen['replicaSets'][number] | undefined): string | undefined {
  const failure = replicaSet?.status?.conditions?.find(({ type }) => type === 'ReplicaFailure');
  return failure?.status === 'True' ? (failure.message ?? failure.reason) : undefined;
}

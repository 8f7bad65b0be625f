import type { DeploymentSpec } from 'kubernetes-types/apps/v1';
import type { Manifest } from '../render/order';
import { namespaceOf, type Typed } from './kinds';
import type { ManifestSet } from './manifest-set';
import { type PodTemplate, valueAt } from './pods';
import type { Path } from './yaml';

type Scaler = Typed<'HorizontalPodAutoscaler'>;

/** Autoscalers by what they scale. */
export function scalersOf(set: ManifestSet): ReadonlyMap<string, Scaler> {
  return new Map(
    set.all('HorizontalPodAutoscaler').flatMap((scaler) => {
      const target = scaler.spec?.scaleTargetRef;
      return target ? [[`${namespaceOf(scaler)}/${target.kind}/${target.name}`, scaler] as const] : [];
    }),
  );
}

/** How many pods there are of one template. */
export interface Replicas {
  /** The fewest that run when nothing is wrong. */
  readonly least: number;
  /** The most that run outside a rollout. */
  readonly running: number;
  /** The most there are in a rollout. */
  readonly most: number;
  /** The most that must have a place at once: a rollout that may take no pod away waits for its first new one. */
  readonly placed: number;
}

/** @param scalers of `scalersOf`. A DaemonSet counts once: how many nodes it finds is the cluster's to say. */
export function replicasOf(pod: PodTemplate, scalers: ReadonlyMap<string, Scaler>): Replicas {
  const { kind, metadata } = pod.owner;
  const scaler = scalers.get(`${pod.namespace}/${kind}/${metadata.name}`)?.spec;
  // What is no number is the schema's to report.
  const declared = Number(valueAt(pod.owner, COUNTS[kind] ?? ['spec', 'replicas']) ?? 1) || 0;
  const running = scaler?.maxReplicas ?? declared;
  const { surge, unavailable } = kind === 'Deployment' ? rolloutOf(pod.owner, running) : NO_ROLLOUT;
  return {
    least: scaler ? (scaler.minReplicas ?? 1) : declared,
    running,
    most: running + surge,
    placed: running + (unavailable === 0 ? Math.min(surge, 1) : 0),
  };
}

/** Where kinds say how many pods there are, if not in `spec.replicas`. */
const COUNTS: Readonly<Record<string, Path>> = {
  CronJob: ['spec', 'jobTemplate', 'spec', 'parallelism'],
  Job: ['spec', 'parallelism'],
};

const NO_ROLLOUT = { surge: 0, unavailable: 0 };

/** Pods that a rollout adds and may take away: 25 % of them unless the Deployment says otherwise. */
function rolloutOf(deployment: Manifest, running: number): typeof NO_ROLLOUT {
  const { type, rollingUpdate } = (valueAt(deployment, ['spec', 'strategy']) ?? {}) as NonNullable<
    DeploymentSpec['strategy']
  >;
  if (type === 'Recreate') return NO_ROLLOUT;
  return {
    surge: countOf(rollingUpdate?.maxSurge ?? '25%', running, Math.ceil),
    unavailable: countOf(rollingUpdate?.maxUnavailable ?? '25%', running, Math.floor),
  };
}

/** A count, or a percentage of a count. */
export const countOf = (value: number | string, of: number, round: (count: number) => number): number =>
  typeof value === 'number' ? value : round((Number.parseFloat(value) * of) / 100);

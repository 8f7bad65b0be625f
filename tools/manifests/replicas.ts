import type { DeploymentSpec } from 'kubernetes-types/apps/v1';
import type { Manifest } from '../render/order';
import { namespaceOf, type Typed } from './kinds';
import type { ManifestSet } from './manifest-set';
import { type PodTemplate, valueAt } from './pods';

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
}

/** @param scalers of `scalersOf`. A DaemonSet counts once: how many nodes it finds is the cluster's to say. */
export function replicasOf(pod: PodTemplate, scalers: ReadonlyMap<string, Scaler>): Replicas {
  const { kind, metadata } = pod.owner;
  const scaler = scalers.get(`${pod.namespace}/${kind}/${metadata.name}`)?.spec;
  const declared = Number(valueAt(pod.owner, ['spec', kind === 'Job' ? 'parallelism' : 'replicas']) ?? 1);
  const running = scaler ? scaler.maxReplicas : declared;
  return {
    least: scaler ? (scaler.minReplicas ?? 1) : declared,
    running,
    most: running + (kind === 'Deployment' ? surgeOf(pod.owner, running) : 0),
  };
}

/** Pods that a rollout adds: 25 % rounded up unless the Deployment says otherwise, none where it recreates. */
function surgeOf(deployment: Manifest, running: number): number {
  const { type, rollingUpdate } = (valueAt(deployment, ['spec', 'strategy']) ?? {}) as NonNullable<
    DeploymentSpec['strategy']
  >;
  if (type === 'Recreate') return 0;
  return countOf(rollingUpdate?.maxSurge ?? '25%', running, Math.ceil);
}

/** A count, or a percentage of a count. */
export const countOf = (value: number | string, of: number, round: (count: number) => number): number =>
  typeof value === 'number' ? value : round((Number.parseFloat(value) / 100) * of);

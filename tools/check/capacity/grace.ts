import type { Container } from 'kubernetes-types/core/v1';
import type { ManifestSet } from '../../manifests/manifest-set';
import { containersOf, type PodTemplate } from '../../manifests/pods';
import type { Check } from '../check';

/** Variables by which a program is told how long it goes on answering, and how long it takes leave of its clients. */
const VARIABLES = ['SHUTDOWN_DELAY_SECONDS', 'SHUTDOWN_DRAIN_SECONDS'];

/** Seconds, when the pod does not say (core/v1). */
const DEFAULT_GRACE = 30;

export const graceIsLongEnough: Check = {
  id: 'capacity/grace',
  what: `The termination grace of a pod is longer than its preStop hook and the drain that ${VARIABLES.join(' and ')} declare.`,
  why: 'preStop counts into the grace; when it is over the kubelet kills the process amid its last requests.',
  exempt: 'A process that may be killed at any time; the reason says why nothing is lost.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      const { terminationGracePeriodSeconds: grace = DEFAULT_GRACE } = pod.spec;
      const needed = secondsToEnd(set, pod);
      if (needed === 0 || grace > needed) continue;
      const path = [...pod.path, 'spec', 'terminationGracePeriodSeconds'];
      report(pod.owner, path, `is ${grace} s, and preStop and drain take ${needed} s`, `more than ${needed} s`);
    }
  },
};

/** Containers end beside each other, so that the slowest one counts; then sidecars do, one after the other. */
function secondsToEnd(set: ManifestSet, pod: PodTemplate): number {
  const seconds = (role: string): number[] =>
    containersOf(pod)
      .filter((located) => located.role === role)
      .map(({ container }) => preStop(container) + drain(set, pod, container));
  return Math.max(0, ...seconds('main')) + seconds('sidecar').reduce((sum, each) => sum + each, 0);
}

/** Units of `sleep` (coreutils) beside the second. */
const SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86400 };

/** Seconds that a preStop hook sleeps, as far as it says so. */
function preStop({ lifecycle }: Container): number {
  const { sleep, exec } = lifecycle?.preStop ?? {};
  if (sleep) return sleep.seconds;
  const sleeps = (exec?.command ?? []).join(' ').matchAll(/(?<![\w-])sleep\s+(\d+(?:\.\d+)?)([smhd]?)/g);
  return [...sleeps].reduce((sum, [, count, unit = '']) => sum + Number(count) * (SECONDS[unit] ?? 1), 0);
}

/** Seconds that the container's variables declare, its own or a ConfigMap's. */
function drain(set: ManifestSet, { namespace }: PodTemplate, { env = [], envFrom = [] }: Container): number {
  const dataOf = (map: string | undefined) => set.find('ConfigMap', namespace, map ?? '')?.data ?? {};
  const variables = new Map<string, string | undefined>();
  for (const { configMapRef, prefix = '' } of envFrom)
    for (const [key, value] of Object.entries(dataOf(configMapRef?.name))) variables.set(`${prefix}${key}`, value);
  for (const { name, value, valueFrom } of env) {
    const { name: map, key = '' } = valueFrom?.configMapKeyRef ?? {};
    variables.set(name, value ?? dataOf(map)[key]);
  }
  return VARIABLES.reduce((sum, name) => sum + (Number(variables.get(name)) || 0), 0);
}

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
      // Containers end beside each other: the slowest one counts.
      const needed = Math.max(
        0,
        ...containersOf(pod).map(({ container }) => preStop(container) + drain(set, pod, container)),
      );
      if (needed === 0 || grace > needed) continue;
      const path = [...pod.path, 'spec', 'terminationGracePeriodSeconds'];
      report(pod.owner, path, `is ${grace} s, and preStop and drain take ${needed} s`, `more than ${needed} s`);
    }
  },
};

/** Seconds that a preStop hook sleeps, as far as it says so. */
function preStop({ lifecycle }: Container): number {
  const { sleep, exec } = lifecycle?.preStop ?? {};
  if (sleep) return sleep.seconds;
  const [, seconds] = /(?:^|[\s;&])sleep\s+(\d+)/.exec((exec?.command ?? []).join(' ')) ?? [];
  return Number(seconds ?? 0);
}

/** Seconds that the container's variables declare, its own or a ConfigMap's. */
function drain(set: ManifestSet, { namespace }: PodTemplate, { env = [], envFrom = [] }: Container): number {
  const maps = envFrom.map(({ configMapRef }) => set.find('ConfigMap', namespace, configMapRef?.name ?? '')?.data);
  const own = env.map(({ name, value }) => ({ [name]: value ?? '' }));
  const variables: Readonly<Record<string, string>> = Object.assign({}, ...maps, ...own);
  return VARIABLES.reduce((sum, name) => sum + (Number(variables[name]) || 0), 0);
}

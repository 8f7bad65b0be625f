import { namespaceOf } from '../../manifests/kinds';
import { valueAt } from '../../manifests/pods';
import type { Rule } from '../rules';
import { both, type Subject, type Verdict } from '../subject';
import { isMore } from './counts';

const SCALED = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];

/** How many pods there are, and how many may be away. Fewer is told as `restarts`: pods stop. */
export function* replicas(subject: Subject): Generator<Verdict> {
  const { kind, before, after, worlds } = subject;
  if (!before || !after || !SCALED.includes(kind)) return;
  const [was, is] = both(subject, ['spec', 'replicas']);
  if (was === is) return;
  const at = ['spec', 'replicas'];
  const target = `${namespaceOf(after)}/${kind}/${after.metadata.name}`;
  if (worlds.after.scalers.has(target)) {
    yield is === undefined
      ? { risk: 'restarts', why: 'its autoscaler owns the number; it may fall to 1 once, until that acts', at }
      : { risk: 'restarts', why: 'its autoscaler owns the number, and every release would reset it', at };
    return;
  }
  const [old, now] = [Number(was ?? 1), Number(is ?? 1)];
  if (now === 0 && old > 0) yield { risk: 'restarts', why: 'all its pods stop', at };
  else if (now < old) yield { risk: 'restarts', why: `${old - now} of ${old} pods stop`, at };
  else if (now === old) yield { risk: 'safe', why: 'as many pods as before', at };
  else yield { risk: 'safe', why: 'pods are added; those that run stay', at };
}

/** A budget that lets more pods be away, or guards others. */
export function* budgets(subject: Subject): Generator<Verdict> {
  if (subject.kind !== 'PodDisruptionBudget' || !subject.before || !subject.after) return;
  const [oldMin, newMin] = both(subject, ['spec', 'minAvailable']);
  const [oldMax, newMax] = both(subject, ['spec', 'maxUnavailable']);
  const field = newMin === undefined && oldMin === undefined ? 'maxUnavailable' : 'minAvailable';
  const at = ['spec', field];
  const isOneField = (oldMin === undefined) === (newMin === undefined);
  const looser = !isOneField
    ? newMax !== undefined && isMore(0, newMax)
    : field === 'minAvailable'
      ? oldMin !== newMin && (isMore(newMin, oldMin) || isOtherUnit(oldMin, newMin))
      : oldMax !== newMax && isMore(oldMax, newMax);
  if (looser) yield { risk: 'restarts', why: 'a drain of nodes may stop more of its pods at once', at };
  if (subject.leaves.some(({ steps }) => steps[1] === 'selector'))
    yield {
      risk: 'restarts',
      why: 'it guards other pods; those that it guarded may all stop at once',
      at: ['spec', 'selector'],
    };
}

const isOtherUnit = (one: unknown, other: unknown): boolean =>
  String(one).endsWith('%') !== String(other).endsWith('%');

/** An autoscaler that comes to pods that were more, or that stops at fewer. */
export function* scalers({ kind, before, after, worlds }: Subject): Generator<Verdict> {
  if (kind !== 'HorizontalPodAutoscaler' || before || !after) return;
  const { kind: ofKind, name } = (valueAt(after, ['spec', 'scaleTargetRef']) ?? {}) as { kind?: string; name?: string };
  const scaled = worlds.before.pods.get(`${namespaceOf(after)}/${ofKind}/${name}`);
  const had = Number(valueAt(scaled?.owner, ['spec', 'replicas']) ?? 1);
  const most = Number(valueAt(after, ['spec', 'maxReplicas']));
  if (scaled && most < had) yield { risk: 'restarts', why: `it allows ${most} of the ${had} pods that run` };
}

/** Bounds of autoscalers and runs of jobs. */
export const AVAILABILITY_RULES: readonly Rule[] = [
  {
    kinds: ['HorizontalPodAutoscaler'],
    fields: 'spec.minReplicas',
    when: ({ before, after }) => Number(after ?? 1) < Number(before ?? 1),
    risk: 'restarts',
    why: 'fewer pods are left when load is low',
  },
  {
    kinds: ['HorizontalPodAutoscaler'],
    fields: 'spec.maxReplicas',
    when: ({ before, after }) => Number(after) < Number(before),
    risk: 'restarts',
    why: 'fewer pods carry the highest load',
  },
  {
    kinds: ['HorizontalPodAutoscaler'],
    fields: 'spec.scaleTargetRef.**',
    risk: 'restarts',
    why: 'what it scaled keeps the number of pods that it has',
  },
  {
    kinds: ['CronJob'],
    fields: 'spec.suspend',
    when: ({ after }) => after === true,
    risk: 'restarts',
    why: 'it does not run before it resumes',
  },
  {
    kinds: ['Job'],
    fields: 'spec.suspend',
    when: ({ after }) => after === true,
    risk: 'restarts',
    why: 'its pods are deleted, and made anew when it resumes',
  },
  {
    kinds: ['CronJob'],
    fields: 'spec.concurrencyPolicy',
    when: ({ after }) => after === 'Replace',
    risk: 'restarts',
    why: 'a new run stops the one before it',
  },
];

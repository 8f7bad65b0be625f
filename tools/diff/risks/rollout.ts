import { valueAt } from '../../manifests/pods';
import type { Manifest } from '../../render/order';
import { imageOf } from '../images';
import type { Rule } from '../rules';
import { inTemplate, type Subject, type Verdict } from '../subject';
import { isMore } from './counts';

type Said = Pick<Verdict, 'risk' | 'why'>;

/** What a changed pod template does to pods that run, by their owner's kind. */
const ROLLOUTS: Readonly<Record<string, (owner: Manifest) => Said>> = {
  Deployment: (owner) => {
    if (valueAt(owner, ['spec', 'paused']) === true)
      return safe('the Deployment is paused: nothing rolls out before it resumes');
    if (valueAt(owner, ['spec', 'replicas']) === 0) return safe('it has no pod to replace');
    const recreates = valueAt(owner, ['spec', 'strategy', 'type']) === 'Recreate';
    return restarts(
      recreates ? 'all its pods stop before new ones start' : 'a changed pod template replaces every pod',
    );
  },
  StatefulSet: (owner) => {
    const { type, rollingUpdate } = strategyOf(owner);
    const [replicas, partition] = [valueAt(owner, ['spec', 'replicas']) ?? 1, rollingUpdate?.partition ?? 0];
    if (type === 'OnDelete')
      return safe('its update strategy is OnDelete: pods keep the old template until each is deleted');
    if (partition >= Number(replicas))
      return safe(`its partition is ${partition}: no pod is replaced before it is lowered`);
    return restarts(
      partition > 0
        ? `a changed pod template replaces the pods from number ${partition} on`
        : 'a changed pod template replaces its pods one after another',
    );
  },
  DaemonSet: (owner) =>
    strategyOf(owner).type === 'OnDelete'
      ? safe('its update strategy is OnDelete: pods keep the old template until each is deleted')
      : restarts('a changed pod template replaces its pod on every node'),
  ReplicaSet: () => safe('pods that run keep the old template; only new ones get it'),
  ReplicationController: () => safe('pods that run keep the old template; only new ones get it'),
  CronJob: () => safe('holds from its next run on; a run in progress is not touched'),
  Pod: () => restarts('its container restarts in its place'),
};

const safe = (why: string): Said => ({ risk: 'safe', why });
const restarts = (why: string): Said => ({ risk: 'restarts', why });

const strategyOf = (owner: Manifest) =>
  (valueAt(owner, ['spec', 'updateStrategy']) ?? {}) as { type?: string; rollingUpdate?: { partition?: number } };

/** What a changed template does to the pods of an object; undefined for a kind whose template never changes. */
export const rolloutOf = (owner: Manifest): Said | undefined => ROLLOUTS[owner.kind]?.(owner);

/** Changes of pod templates. */
export function* rollout(subject: Subject): Generator<Verdict> {
  const { before, after, kind, leaves } = subject;
  if (!before || !after || !subject.pods.after) return;
  const said = rolloutOf(after);
  if (!said) return;
  for (const { steps, after: is } of leaves) {
    const field = inTemplate(subject, steps);
    // A Pod is its own template; its metadata restarts nothing.
    if (!field || (kind === 'Pod' && field[0] !== 'spec')) continue;
    yield { ...said, at: steps };
    if (field.at(-1) === 'image' && typeof is === 'string' && imageOf(is).digest === undefined)
      yield {
        ...said,
        why: 'the image has no digest: what runs is what the registry says when a pod starts',
        at: steps,
      };
  }
}

/** Fields beside the pod template that decide when and how pods are replaced. */
export const ROLLOUT_RULES: readonly Rule[] = [
  {
    kinds: ['Deployment'],
    fields: 'spec.strategy.type',
    when: ({ after }) => after === 'Recreate',
    risk: 'restarts',
    why: 'every later rollout stops all pods before it starts new ones',
  },
  {
    kinds: ['DaemonSet', 'StatefulSet'],
    fields: 'spec.updateStrategy.type',
    when: ({ before }) => before === 'OnDelete',
    risk: 'restarts',
    why: 'pods that still have an older template are replaced',
  },
  {
    kinds: ['StatefulSet'],
    fields: 'spec.updateStrategy.rollingUpdate.partition',
    when: ({ before, after }) => Number(after ?? 0) < Number(before ?? 0),
    risk: 'restarts',
    why: 'pods below the old partition get the template that they were kept from',
  },
  {
    kinds: ['Deployment'],
    fields: 'spec.paused',
    when: ({ before }) => before === true,
    risk: 'restarts',
    why: 'what was held back rolls out',
  },
  {
    kinds: ['Deployment', 'DaemonSet', 'StatefulSet'],
    fields: 'spec.*.rollingUpdate.maxUnavailable',
    when: ({ before, after }, { kind }) => {
      const byDefault = kind === 'Deployment' ? '25%' : 1;
      return isMore(before ?? byDefault, after ?? byDefault);
    },
    risk: 'restarts',
    why: 'more pods may be away at once during a rollout',
  },
];

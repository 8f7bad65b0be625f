import { drop, set } from '../edits';
import { type Case, expected, judgement } from '../world';

const STRATEGIES: readonly Case[] = [
  [
    'a rollout that stops everything first',
    'Deployment/chat',
    set('spec.strategy', { type: 'Recreate' }),
    'spec.strategy.type',
    'restarts: every later rollout stops all pods before it starts new ones',
  ],
  [
    'pods that were left for somebody to delete',
    'DaemonSet/agent',
    set('spec.updateStrategy.type', 'RollingUpdate'),
    'spec.updateStrategy.type',
    'restarts: pods that still have an older template are replaced',
  ],
  [
    'a partition that is lowered',
    'StatefulSet/store',
    set('spec.updateStrategy.rollingUpdate.partition', 0),
    'spec.updateStrategy.rollingUpdate.partition',
    'restarts: pods below the old partition get the template that they were kept from',
    set('spec.updateStrategy.rollingUpdate.partition', 2),
  ],
  [
    'a partition that is raised',
    'StatefulSet/store',
    set('spec.updateStrategy.rollingUpdate.partition', 2),
    'spec.updateStrategy.rollingUpdate.partition',
    'safe: its controller reads it; no pod is touched',
  ],
  [
    'a Deployment that resumes',
    'Deployment/chat',
    set('spec.paused', false),
    'spec.paused',
    'restarts: what was held back rolls out',
    set('spec.paused', true),
  ],
  [
    'more pods away at once',
    'Deployment/chat',
    set('spec.strategy.rollingUpdate.maxUnavailable', 1),
    'spec.strategy.rollingUpdate.maxUnavailable',
    'restarts: more pods may be away at once during a rollout',
  ],
  [
    'a quarter of the pods away, by default',
    'Deployment/chat',
    drop('spec.strategy.rollingUpdate.maxUnavailable'),
    'spec.strategy.rollingUpdate.maxUnavailable',
    'restarts: more pods may be away at once during a rollout',
  ],
  [
    'none away any more',
    'Deployment/chat',
    set('spec.strategy.rollingUpdate.maxUnavailable', 0),
    'spec.strategy.rollingUpdate.maxUnavailable',
    'safe: its controller reads it; no pod is touched',
    set('spec.strategy.rollingUpdate.maxUnavailable', 2),
  ],
];

describe('a strategy', () => {
  it.each(STRATEGIES.map((entry) => [entry[0], entry] as const))('is judged: %s', (_, entry) => {
    expect(judgement(entry)).toEqual(expected(entry));
  });
});

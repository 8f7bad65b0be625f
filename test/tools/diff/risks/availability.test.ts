import type { Rendered } from '../../../support/rendered';
import { drop, set } from '../edits';
import { type Case, compared, expected, judgement, named, reportOn, world } from '../world';

const CASES: readonly Case[] = [
  ['no pods', 'Deployment/chat', set('spec.replicas', 0), 'spec.replicas', 'restarts: all its pods stop'],
  ['fewer pods', 'Deployment/chat', set('spec.replicas', 2), 'spec.replicas', 'restarts: 1 of 3 pods stop'],
  ['no number of pods', 'Deployment/chat', drop('spec.replicas'), 'spec.replicas', 'restarts: 2 of 3 pods stop'],
  [
    'more pods',
    'Deployment/chat',
    set('spec.replicas', 5),
    'spec.replicas',
    'safe: pods are added; those that run stay',
  ],
  [
    'one pod, written out',
    'ReplicaSet/old',
    set('spec.replicas', 1),
    'spec.replicas',
    'safe: as many pods as before',
    drop('spec.replicas'),
  ],
  [
    'fewer pods whose claims stay',
    'StatefulSet/store',
    set('spec.replicas', 1),
    'spec.replicas',
    'restarts: 2 of 3 pods stop',
  ],
  [
    'a lower least',
    'HorizontalPodAutoscaler/web',
    drop('spec.minReplicas'),
    'spec.minReplicas',
    'restarts: fewer pods are left when load is low',
  ],
  [
    'a higher least',
    'HorizontalPodAutoscaler/web',
    set('spec.minReplicas', 4),
    'spec.minReplicas',
    'safe: says when and how fast it scales; no pod is replaced',
  ],
  [
    'a lower most',
    'HorizontalPodAutoscaler/web',
    set('spec.maxReplicas', 5),
    'spec.maxReplicas',
    'restarts: fewer pods carry the highest load',
  ],
  [
    'another target',
    'HorizontalPodAutoscaler/web',
    set('spec.scaleTargetRef.name', 'chat'),
    'spec.scaleTargetRef.name',
    'restarts: what it scaled keeps the number of pods that it has',
  ],
  [
    'more pods away',
    'PodDisruptionBudget/chat',
    set('spec.maxUnavailable', 2),
    'spec.maxUnavailable',
    'restarts: a drain of nodes may stop more of its pods at once',
  ],
  [
    'a share of pods away',
    'PodDisruptionBudget/chat',
    set('spec.maxUnavailable', '50%'),
    'spec.maxUnavailable',
    'restarts: a drain of nodes may stop more of its pods at once',
  ],
  [
    'no pod away',
    'PodDisruptionBudget/chat',
    set('spec.maxUnavailable', 0),
    'spec.maxUnavailable',
    'safe: drains of nodes read it; no pod is touched',
  ],
  [
    'fewer pods there',
    'PodDisruptionBudget/store',
    set('spec.minAvailable', 1),
    'spec.minAvailable',
    'restarts: a drain of nodes may stop more of its pods at once',
  ],
  [
    'more pods there',
    'PodDisruptionBudget/store',
    set('spec.minAvailable', 3),
    'spec.minAvailable',
    'safe: drains of nodes read it; no pod is touched',
  ],
  [
    'a share of pods there',
    'PodDisruptionBudget/store',
    set('spec.minAvailable', '50%'),
    'spec.minAvailable',
    'restarts: a drain of nodes may stop more of its pods at once',
  ],
  [
    'pods away for pods there',
    'PodDisruptionBudget/store',
    ({ spec }) => {
      delete spec.minAvailable;
      spec.maxUnavailable = 2;
    },
    'spec.minAvailable',
    'restarts: a drain of nodes may stop more of its pods at once',
  ],
  [
    'other pods',
    'PodDisruptionBudget/chat',
    set('spec.selector.matchLabels.app', 'store'),
    'spec.selector.matchLabels.app',
    'restarts: it guards other pods; those that it guarded may all stop at once',
  ],
  [
    'no run',
    'CronJob/backup',
    set('spec.suspend', true),
    'spec.suspend',
    'restarts: it does not run before it resumes',
  ],
  [
    'another time',
    'CronJob/backup',
    set('spec.schedule', '0 2 * * *'),
    'spec.schedule',
    'safe: holds from its next run on',
  ],
  [
    'runs that stop each other',
    'CronJob/backup',
    set('spec.concurrencyPolicy', 'Replace'),
    'spec.concurrencyPolicy',
    'restarts: a new run stops the one before it',
  ],
  [
    'a Job that waits',
    'Job/migrate',
    set('spec.suspend', true),
    'spec.suspend',
    'restarts: its pods are deleted, and made anew when it resumes',
  ],
];

describe('how many pods there are', () => {
  it.each(CASES.map((entry) => [entry[0], entry] as const))('is judged: %s', (_, entry) => {
    expect(judgement(entry)).toEqual(expected(entry));
  });
});

const scaler = (fields: Rendered) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'scaled', namespace: 'shop' },
  spec: { scaleTargetRef: { kind: 'Deployment', name: 'scaled' }, maxReplicas: 9, ...fields },
});

describe('a Deployment that an autoscaler owns', () => {
  const withScaler = (edit: (object: Rendered) => void) => {
    const [before, after] = [world(), world()].map((objects) => [...objects, scaler({})]);
    edit(named(after ?? [], 'Deployment/scaled'));
    return reportOn(compared(before ?? [], after ?? []), 'Deployment/scaled').fields[0]?.reasons[0]?.why;
  };

  it('may fall to one pod when its number is no longer written', () => {
    expect(withScaler(drop('spec.replicas'))).toBe(
      'its autoscaler owns the number; it may fall to 1 once, until that acts',
    );
  });

  it('is reset by every release where its number is written, up or down', () => {
    expect(withScaler(set('spec.replicas', 8))).toBe(
      'its autoscaler owns the number, and every release would reset it',
    );
  });
});

describe('an autoscaler that comes', () => {
  const coming = (fields: Rendered) =>
    reportOn(compared(world(), [...world(), scaler(fields)]), 'HorizontalPodAutoscaler/scaled').reasons;

  it('stops pods where it allows fewer than run', () => {
    expect(coming({ maxReplicas: 1 })).toEqual([{ risk: 'restarts', why: 'it allows 1 of the 2 pods that run' }]);
  });

  it('is safe where it allows those that run', () => {
    expect(coming({ maxReplicas: 2 })).toEqual([{ risk: 'safe', why: 'the number of pods follows load from now on' }]);
  });
});

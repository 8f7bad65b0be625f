import * as fc from 'fast-check';
import { podTemplateOf } from '../../../tools/manifests/pods';
import { countOf, replicasOf, scalersOf } from '../../../tools/manifests/replicas';
import { setOf } from '../check/judged';
import {
  autoscaler,
  cronJob,
  daemonSet,
  deployment,
  job,
  object,
  statefulSet,
  within,
} from '../check/references/samples';

function replicas(owner: Parameters<typeof podTemplateOf>[0], ...scalers: object[]) {
  const pod = podTemplateOf(owner);
  if (!pod) throw new Error('the sample makes no pods');
  return replicasOf(pod, scalersOf(setOf(scalers)));
}
const rolling = (rollingUpdate: object, of = 10) =>
  deployment('chat', {}, { replicas: of, strategy: { rollingUpdate } });

describe('the pods of a workload', () => {
  it.each([
    ['a Deployment', deployment('chat', {}, { replicas: 4 }), 4],
    ['a Deployment that does not say', deployment('chat'), 1],
    ['a Deployment that is switched off', deployment('chat', {}, { replicas: 0 }), 0],
    ['a StatefulSet', statefulSet('db', {}, { replicas: 3 }), 3],
    ['a DaemonSet, whose nodes nobody counts here', daemonSet('agent'), 1],
    ['a Job', job('one', {}, { parallelism: 5, replicas: 9 }), 5],
    ['a Job that does not say', job('one'), 1],
    ['a CronJob', cronJob('one', {}, { parallelism: 5 }), 5],
    ['a count that is none, which the schema reports', deployment('chat', {}, { replicas: 'many' }), 0],
  ])('of %s are as many as it says', (_, owner, count) => {
    expect(replicas(owner)).toMatchObject({ least: count, running: count });
  });

  it('are between the bounds of an autoscaler, whatever the workload says', () => {
    const scaled = replicas(
      deployment('chat', {}, { replicas: 7 }),
      autoscaler('chat', { minReplicas: 2, maxReplicas: 9 }),
    );
    expect(scaled).toMatchObject({ least: 2, running: 9 });
  });

  it.each([
    ['absent', undefined, 1],
    ['0', 0, 0],
  ])('may be few where the least of the autoscaler is %s', (_, minReplicas, least) => {
    expect(replicas(deployment('chat'), autoscaler('chat', { minReplicas })).least).toBe(least);
  });

  it.each([
    ['of another namespace', within('other', autoscaler('chat'))],
    ['of another name', autoscaler('redis')],
    ['of another kind', autoscaler('chat', { scaleTargetRef: { kind: 'StatefulSet', name: 'chat' } })],
    ['of nothing', autoscaler('chat', { scaleTargetRef: undefined })],
    ['without a greatest number, which the schema reports', autoscaler('chat', { maxReplicas: undefined })],
  ])('are not those of an autoscaler %s', (_, scaler) => {
    expect(replicas(deployment('chat', {}, { replicas: 3 }), scaler).running).toBe(3);
  });
});

describe('a rollout', () => {
  it.each([
    ['a quarter, rounded up', {}, 10, 13],
    ['a quarter of one', {}, 1, 2],
    ['as many as it says', { maxSurge: 4 }, 10, 14],
    ['a share, rounded up', { maxSurge: '31%' }, 10, 14],
    ['none', { maxSurge: 0, maxUnavailable: 1 }, 10, 10],
  ])('adds %s', (_, strategy, of, most) => {
    expect(replicas(rolling(strategy, of)).most).toBe(most);
  });

  it('adds to what an autoscaler may come to', () => {
    expect(replicas(deployment('chat'), autoscaler('chat', { maxReplicas: 10 })).most).toBe(13);
  });

  it.each([
    ['of a Deployment that recreates', deployment('chat', {}, { replicas: 4, strategy: { type: 'Recreate' } })],
    ['of a StatefulSet', statefulSet('chat', {}, { replicas: 4 })],
    [
      'of a ReplicaSet, which has none',
      object('apps/v1', 'ReplicaSet', 'chat', { spec: { replicas: 4, template: { spec: { containers: [] } } } }),
    ],
  ])('adds nothing to the pods %s', (_, owner) => {
    expect(replicas(owner)).toMatchObject({ most: 4, placed: 4 });
  });

  it.each([
    ['it may take none away', { maxUnavailable: 0 }, 10, 11],
    ['a quarter of three is none', {}, 3, 4],
    ['it may take one away', { maxUnavailable: 1 }, 10, 10],
    ['a quarter of four is one', {}, 4, 4],
    ['it adds none', { maxSurge: 0, maxUnavailable: 0 }, 4, 4],
  ])('needs a place for one pod more only where it may take none away: %s', (_, strategy, of, placed) => {
    expect(replicas(rolling(strategy, of)).placed).toBe(placed);
  });
});

describe('a share of a count', () => {
  it('is what it says where it is a number', () => {
    expect(countOf(3, 100, Math.ceil)).toBe(3);
  });

  it('is rounded as its reader rounds', () => {
    expect([countOf('50%', 3, Math.ceil), countOf('50%', 3, Math.floor)]).toEqual([2, 1]);
  });

  it('is exact, whatever a float makes of it: 7 % of 100 are 7', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (percent, hundreds) => {
        expect(countOf(`${percent}%`, hundreds * 100, Math.ceil)).toBe(percent * hundreds);
        expect(countOf(`${percent}%`, hundreds * 100, Math.floor)).toBe(percent * hundreds);
      }),
    );
  });
});

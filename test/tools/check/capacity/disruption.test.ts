import { budgetCanBeMet } from '../../../../tools/check/capacity/disruption';
import { autoscaler, budget, deployment, found, statefulSet } from '../references/samples';

const pods = (replicas: number) => deployment('chat', {}, { replicas });

describe('a PodDisruptionBudget that never lets a pod go', () => {
  it.each([
    [{ minAvailable: 3 }, 3, 'minAvailable: lets none of 3 pods go'],
    [{ minAvailable: 4 }, 3, 'minAvailable: lets none of 3 pods go'],
    [{ minAvailable: '100%' }, 3, 'minAvailable: lets none of 3 pods go'],
    [{ minAvailable: '51%' }, 2, 'minAvailable: lets none of 2 pods go'],
    [{ maxUnavailable: 0 }, 3, 'maxUnavailable: lets none of 3 pods go'],
    [{ maxUnavailable: '0%' }, 3, 'maxUnavailable: lets none of 3 pods go'],
    [{ minAvailable: 1 }, 1, 'minAvailable: lets none of 1 pod go'],
  ])('is found: %j of %d', (spec, replicas, words) => {
    expect(found(budgetCanBeMet, [budget('chat', spec), pods(replicas)])).toEqual([
      `PodDisruptionBudget/chat spec.${words}; expected maxUnavailable: 1`,
    ]);
  });

  it('at the quietest hour of an autoscaler is found', () => {
    const objects = [budget('chat', { minAvailable: 2 }), deployment('chat'), autoscaler('chat', { minReplicas: 2 })];
    expect(found(budgetCanBeMet, objects)).toHaveLength(1);
  });

  it('where the autoscaler does not say may be down to one pod', () => {
    expect(
      found(budgetCanBeMet, [budget('chat', { minAvailable: 1 }), deployment('chat'), autoscaler('chat')]),
    ).toHaveLength(1);
  });
});

describe('a PodDisruptionBudget', () => {
  it.each([
    [{ minAvailable: 2 }, 3],
    [{ minAvailable: '66%' }, 3],
    [{ minAvailable: '55%' }, 100],
    [{ maxUnavailable: 1 }, 1],
    [{ maxUnavailable: '1%' }, 2],
    [{}, 1],
    [{ minAvailable: 1 }, 0],
    [{ minAvailable: 1, selector: undefined }, 1],
  ])('is right as %j of %d', (spec, replicas) => {
    expect(found(budgetCanBeMet, [budget('chat', spec), pods(replicas)])).toEqual([]);
  });

  it('counts every workload that it selects', () => {
    const objects = [
      budget('all', { minAvailable: 3, selector: {} }),
      pods(2),
      statefulSet('redis', {}, { replicas: 2 }),
    ];
    expect(found(budgetCanBeMet, objects)).toEqual([]);
  });

  it('of an autoscaler that goes down to nothing has nothing to protect there', () => {
    const objects = [budget('chat', { minAvailable: 1 }), deployment('chat'), autoscaler('chat', { minReplicas: 0 })];
    expect(found(budgetCanBeMet, objects)).toEqual([]);
  });
});

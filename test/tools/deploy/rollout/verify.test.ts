import { judge } from '../../../../tools/deploy/rollout/verify';
import type { Manifest } from '../../../../tools/render/order';
import { pod, seen, workload } from './objects';

const NEW = { pods: new Map<string, number>() };
const scaler = (minReplicas: number): Manifest =>
  ({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: { minReplicas, scaleTargetRef: { kind: 'Deployment', name: 'web' } },
  }) as Manifest;
const scaling = (ready: number) => {
  const status = { replicas: 5, updatedReplicas: 5, readyReplicas: ready, availableReplicas: ready };
  return seen('web', { live: workload('Deployment', 'web', { replicas: 5 }, status) });
};

describe('what runs is well', () => {
  it('where everything is updated, available and was started once', () => {
    expect(judge([], [seen('web', { newest: [pod('web-1')] })], [], NEW)).toEqual({
      lagging: [],
      faults: [],
      notes: [],
    });
  });

  it('where a pod has no more restarts than before', () => {
    const old = pod('web-1', { containerStatuses: [{ name: 'web', restartCount: 2 }] });
    const before = { pods: new Map([['uid of web-1', 2]]) };
    expect(judge([], [seen('web', { newest: [old] })], [], before).faults).toEqual([]);
  });

  it('where an autoscaler adds pods at this very moment: that is a note', () => {
    const found = judge([scaler(3)], [scaling(4)], [], NEW);
    expect(found).toEqual({
      lagging: [],
      faults: [],
      notes: ['web: 5 of 5 updated, 4 available; its autoscaler is at work'],
    });
  });
});

describe('what runs may become well', () => {
  it.each<[string, Parameters<typeof seen>, string]>([
    [
      'a pod is not available',
      ['web', {}, { availableReplicas: 2 }],
      'Deployment web: 3 of 3 updated, 2 available; expected all',
    ],
    [
      'a generation was not seen',
      ['web', {}, { observedGeneration: 1 }],
      'Deployment web: no controller has seen generation 2',
    ],
    ['an object is not there', ['web', { live: undefined }], 'Deployment web: is not there'],
  ])('%s', (_, [name, more, status], fault) => {
    expect(judge([], [seen(name, more, status)], [], NEW)).toMatchObject({ lagging: [fault], faults: [] });
  });

  it('fewer run than an autoscaler ever leaves', () => {
    expect(judge([scaler(3)], [scaling(2)], [], NEW).lagging).toEqual([
      'Deployment web: 5 of 5 updated, 2 available; expected all',
    ]);
  });
});

describe('what runs is not well, and no waiting mends it', () => {
  it.each<[string, number, string]>([
    [
      'a new pod was started again',
      0,
      'Pod web-1: was started again 2 times since the release; web ended with code 1, Error',
    ],
    [
      'an old pod was started again',
      1,
      'Pod web-1: was started again once since the release; web ended with code 1, Error',
    ],
  ])('%s', (_, before, fault) => {
    const lastState = { terminated: { exitCode: 1, reason: 'Error', message: 'password=x' } };
    const again = pod('web-1', { containerStatuses: [{ name: 'web', restartCount: 2, lastState }] });
    const known = { pods: new Map(before > 0 ? [['uid of web-1', before]] : []) };
    expect(judge([], [seen('web', { newest: [again] })], [], known)).toMatchObject({ lagging: [], faults: [fault] });
  });

  it('but a pod on its way out may have been', () => {
    const going = pod('web-1', { containerStatuses: [{ name: 'web', restartCount: 2 }] }, { deletionTimestamp: 'now' });
    expect(judge([], [seen('web', { newest: [going] })], [], NEW).faults).toEqual([]);
  });
});

import { showState, stateOf } from '../../../../tools/deploy/rollout/workloads';
import { rendered, workload } from './objects';

const all = (count: number) => ({
  replicas: count,
  updatedReplicas: count,
  readyReplicas: count,
  availableReplicas: count,
});
const state = (kind: string, spec: object, status: object) =>
  stateOf(rendered(kind, 'web'), workload(kind, 'web', spec, status));

describe('a workload is done', () => {
  it.each<[string, string, object, object, boolean]>([
    ['every pod is new and available', 'Deployment', { replicas: 3 }, all(3), true],
    ['nothing is to run', 'Deployment', { replicas: 0 }, all(0), true],
    ['no number is given, and one runs', 'Deployment', {}, all(1), true],
    ['not while one is old', 'Deployment', { replicas: 3 }, { ...all(3), updatedReplicas: 2 }, false],
    ['not while an old one is left beside', 'Deployment', { replicas: 3 }, { ...all(3), replicas: 4 }, false],
    ['not while one is ready only just', 'Deployment', { replicas: 3 }, { ...all(3), availableReplicas: 2 }, false],
    ['not before it has begun', 'Deployment', { replicas: 3 }, {}, false],
    ['not before its generation was seen', 'Deployment', { replicas: 3 }, { ...all(3), observedGeneration: 1 }, false],
    ['every pod is new', 'StatefulSet', { replicas: 2 }, all(2), true],
    ['not while one is old', 'StatefulSet', { replicas: 2 }, { ...all(2), updatedReplicas: 1 }, false],
    [
      'those above the partition are new',
      'StatefulSet',
      { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } },
      { ...all(3), updatedReplicas: 1 },
      true,
    ],
    [
      'it replaces pods only when told to',
      'StatefulSet',
      { replicas: 3, updateStrategy: { type: 'OnDelete' } },
      { ...all(3), updatedReplicas: 0 },
      true,
    ],
    [
      'every node has a new one',
      'DaemonSet',
      {},
      {
        desiredNumberScheduled: 2,
        currentNumberScheduled: 2,
        updatedNumberScheduled: 2,
        numberReady: 2,
        numberAvailable: 2,
      },
      true,
    ],
    [
      'not while a node has an old one',
      'DaemonSet',
      {},
      {
        desiredNumberScheduled: 2,
        currentNumberScheduled: 2,
        updatedNumberScheduled: 1,
        numberReady: 2,
        numberAvailable: 2,
      },
      false,
    ],
  ])('%s (%s)', (_, kind, spec, status, done) => {
    expect(state(kind, spec, status).done).toBe(done);
  });
});

describe('a workload that is not there', () => {
  it('has no generation, and is not done even where nothing is to run', () => {
    const found = stateOf(rendered('Deployment', 'web', { replicas: 0 }), undefined);
    expect(found).toMatchObject({ generation: 0, observed: false, done: false, desired: 0 });
  });
});

it('the live number counts: an autoscaler may have chosen it', () => {
  const found = stateOf(
    rendered('Deployment', 'web', { replicas: 3 }),
    workload('Deployment', 'web', { replicas: 7 }, all(7)),
  );
  expect(found).toMatchObject({ desired: 7, done: true });
});

it('a state is told in a line', () => {
  expect(showState(state('Deployment', { replicas: 3 }, { ...all(3), updatedReplicas: 2 }))).toBe(
    '2 of 3 updated, 3 ready',
  );
});

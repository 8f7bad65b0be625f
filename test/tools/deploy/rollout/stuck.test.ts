import { stuckPods } from '../../../../tools/deploy/rollout/stuck';
import { pod, rendered, seen, waiting, workload } from './objects';

const of = (revision: string) => ({ labels: { 'controller-revision-hash': revision } });
const unready = { conditions: [{ type: 'Ready', status: 'False' }] };
const broken = pod('store-0', waiting('ImagePullBackOff'), of('old'));
const store = (pods: Parameters<typeof seen>[1], spec: object = {}, status: object = {}) =>
  seen('store', {
    object: rendered('StatefulSet', 'store'),
    live: workload(
      'StatefulSet',
      'store',
      { replicas: 1, podManagementPolicy: 'OrderedReady', ...spec },
      { currentRevision: 'old', updateRevision: 'new', ...status },
    ),
    newest: [],
    ...pods,
  });
const names = (scene: Parameters<typeof stuckPods>[0]) => stuckPods(scene).map(({ metadata }) => metadata.name);

describe('a StatefulSet is kept waiting', () => {
  it.each([
    ['by a pod of what ran before that never starts', broken],
    ['by a pod of a release that was given up, though its program runs', pod('store-0', unready, of('given up'))],
  ])('%s', (_, one) => {
    expect(names([store({ pods: [one] })])).toEqual(['store-0']);
  });
});

describe('a pod is let alone', () => {
  it.each([
    ['that is ready', store({ pods: [pod('store-0', {}, of('given up'))] })],
    ['of what ran before, while its program runs', store({ pods: [pod('store-0', unready, of('old'))] })],
    ['of the newest revision', store({ pods: [broken], newest: [broken] })],
    ['on its way out', store({ pods: [{ ...broken, metadata: { ...broken.metadata, deletionTimestamp: 'now' } }] })],
    ['whose controller has not seen the newest generation', store({ pods: [broken] }, {}, { observedGeneration: 1 })],
    ['whose StatefulSet replaces it by itself', store({ pods: [broken] }, { podManagementPolicy: 'Parallel' })],
    ['that is replaced only when told to', store({ pods: [broken] }, { updateStrategy: { type: 'OnDelete' } })],
    [
      'that may be below a partition',
      store({ pods: [broken] }, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 1 } } }),
    ],
    ['of a Deployment', seen('web', { pods: [broken], newest: [] })],
  ])('%s', (_, scene) => {
    expect(names([scene])).toEqual([]);
  });
});

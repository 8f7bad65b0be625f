import type { Baseline } from '../../../../tools/deploy/rollout/baseline';
import {
  complaintsOf,
  heardAt,
  REFUSED_GRACE,
  reasonToGiveUp,
  type Standing,
  UNSCHEDULABLE_GRACE,
} from '../../../../tools/deploy/rollout/complaints';
import type { Refusal, Seen } from '../../../../tools/deploy/rollout/scene';
import { pod, rendered, replicaSet, seen, waiting, workload } from './objects';

const NOTHING: Baseline = { pods: new Map(), generations: new Map([['Deployment web', 1]]), refusals: new Map() };

const unschedulable = pod('web-1', {
  conditions: [
    { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/6 nodes are available' },
    { type: 'Ready', status: 'False' },
  ],
});
const refusing = replicaSet('web-7', {
  conditions: [{ type: 'ReplicaFailure', status: 'True', message: 'pods "web-7-x" is forbidden: exceeded quota' }],
});
const store = (pods: Seen['pods']): Seen => {
  const live = workload('StatefulSet', 'store', { replicas: 1 }, {});
  return { ...seen('store', { object: rendered('StatefulSet', 'store'), live, newest: pods }) };
};
const refusal = (count: number) =>
  ({
    involvedObject: { uid: 'uid of store' },
    metadata: { uid: 'event' },
    count,
    message: 'create Pod store-0 failed',
  }) as Refusal;

/** The reason after so many milliseconds in which nothing changed. */
const reasonAfter = (
  milliseconds: number,
  scene: readonly Seen[],
  events: readonly Refusal[] = [],
  before = NOTHING,
) => {
  const first = heardAt(0, complaintsOf(scene, events, before), []);
  return reasonToGiveUp(heardAt(milliseconds, complaintsOf(scene, events, before), first), milliseconds);
};

describe('waiting has no sense', () => {
  it.each<[string, Seen, RegExp]>([
    ...[
      'ImagePullBackOff',
      'ErrImageNeverPull',
      'InvalidImageName',
      'CreateContainerConfigError',
      'CreateContainerError',
      'CrashLoopBackOff',
    ].map((reason): [string, Seen, RegExp] => [
      reason,
      seen('web', { newest: [pod('web-1', waiting(reason, 'so it is'))] }),
      new RegExp(`^Deployment web: container web of pod web-1: ${reason} \\(so it is\\)$`),
    ]),
    [
      'CrashLoopBackOff, with how the program ended',
      seen('web', {
        newest: [
          pod(
            'web-1',
            waiting('CrashLoopBackOff', undefined, {
              lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
            }),
          ),
        ],
      }),
      /CrashLoopBackOff; it ended with code 137, OOMKilled$/,
    ],
    [
      'a container that prepares cannot start',
      seen('web', {
        newest: [
          pod('web-1', {
            initContainerStatuses: [
              { name: 'prepare', restartCount: 0, state: { waiting: { reason: 'ImagePullBackOff' } } },
            ],
          }),
        ],
      }),
      /container prepare of pod web-1: ImagePullBackOff/,
    ],
    [
      'the deadline of the rollout passed',
      seen(
        'web',
        {},
        {
          conditions: [
            { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'too late' },
          ],
        },
      ),
      /^Deployment web: ProgressDeadlineExceeded: too late$/,
    ],
  ])('at once: %s', (_, workload, words) => {
    expect(reasonAfter(0, [workload])).toMatch(words);
  });

  it.each<[string, Seen, readonly Refusal[], number, RegExp]>([
    [
      'no node takes a pod',
      seen('web', { newest: [unschedulable] }),
      [],
      UNSCHEDULABLE_GRACE,
      /web-1: 0\/6 nodes are available$/,
    ],
    [
      'a quota refuses pods',
      seen('web', { replicaSets: [refusing] }),
      [],
      REFUSED_GRACE,
      /pods are refused: .*exceeded quota$/,
    ],
    [
      "a StatefulSet's pod is refused",
      store([]),
      [refusal(1)],
      REFUSED_GRACE,
      /^StatefulSet store: pods are refused: create Pod store-0 failed$/,
    ],
    [
      'a ReplicaSet is refused',
      seen(
        'web',
        {},
        { conditions: [{ type: 'Progressing', status: 'False', reason: 'ReplicaSetCreateError', message: 'no' }] },
      ),
      [],
      REFUSED_GRACE,
      /ReplicaSetCreateError: no$/,
    ],
  ])('after a grace: %s', (_, workload, events, grace, words) => {
    expect(reasonAfter(grace - 1, [workload], events)).toBeUndefined();
    expect(reasonAfter(grace, [workload], events)).toMatch(words);
  });
});

describe('waiting has sense', () => {
  const crashing = pod('web-1', waiting('CrashLoopBackOff'));

  it.each<[string, Seen, readonly Refusal[], Baseline]>([
    ['while all is well', seen('web', { newest: [pod('web-1')] }), [], NOTHING],
    [
      'while a container is only being made',
      seen('web', { newest: [pod('web-1', waiting('ContainerCreating'))] }),
      [],
      NOTHING,
    ],
    ['where a pod of an older revision is broken', seen('web', { pods: [crashing], newest: [] }), [], NOTHING],
    [
      'where a pod was there before the release',
      seen('web', { newest: [crashing] }),
      [],
      { ...NOTHING, pods: new Map([['uid of web-1', 4]]) },
    ],
    [
      'where a broken pod is on its way out',
      seen('web', { newest: [pod('web-1', waiting('CrashLoopBackOff'), { deletionTimestamp: 'now' })] }),
      [],
      NOTHING,
    ],
    [
      'where the release left the workload alone',
      seen('web', { newest: [crashing] }),
      [],
      { ...NOTHING, generations: new Map([['Deployment web', 2]]) },
    ],
    [
      'until the controller has seen the new generation',
      seen('web', { newest: [crashing] }, { observedGeneration: 1 }),
      [],
      NOTHING,
    ],
    ["where a StatefulSet's pods are all there by now", store([pod('store-0')]), [refusal(1)], NOTHING],
    [
      'where a refusal is older than the release',
      store([]),
      [refusal(3)],
      { ...NOTHING, refusals: new Map([['event', 3]]) },
    ],
    [
      'where an older ReplicaSet was refused',
      seen('web', { replicaSets: [refusing, replicaSet('web-8')] }),
      [],
      NOTHING,
    ],
  ])('%s', (_, workload, events, before) => {
    expect(reasonAfter(10 * UNSCHEDULABLE_GRACE, [workload], events, before)).toBeUndefined();
  });

  it('where what was complained of went away in between: the grace begins anew', () => {
    const complaints = complaintsOf([seen('web', { newest: [unschedulable] })], [], NOTHING);
    const [first] = heardAt(0, complaints, []);
    const quiet = heardAt(1000, [], [first as Standing]);
    const again = heardAt(2000, complaints, quiet);
    expect(reasonToGiveUp(again, UNSCHEDULABLE_GRACE)).toBeUndefined();
    expect(reasonToGiveUp(again, UNSCHEDULABLE_GRACE + 2000)).toBeDefined();
  });
});

import type { LivePod, LiveReplicaSet, Seen } from '../../../../tools/deploy/rollout/scene';
import { type LiveWorkload, stateOf } from '../../../../tools/deploy/rollout/workloads';
import type { Manifest } from '../../../../tools/render/order';

/** An object as the API server keeps it, with what a test says of it. */
const live = (kind: string, name: string, more: object = {}, metadata: object = {}) => ({
  apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
  kind,
  metadata: {
    name,
    namespace: 'chat',
    uid: `uid of ${name}`,
    resourceVersion: '1',
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...metadata,
  },
  ...more,
});

export const rendered = (kind: string, name: string, spec: object = {}): Manifest =>
  ({ apiVersion: 'apps/v1', kind, metadata: { name, namespace: 'chat' }, spec }) as Manifest;

/** A workload whose controller has seen its generation. */
export const workload = (kind: string, name: string, spec: object, status: object, generation = 2): LiveWorkload =>
  live(kind, name, { spec, status: { observedGeneration: generation, ...status } }, { generation }) as LiveWorkload;

/** A pod that is well, unless a test says otherwise. */
export const pod = (name: string, status: object = {}, metadata: object = {}): LivePod =>
  live(
    'Pod',
    name,
    { spec: {}, status: { conditions: [{ type: 'Ready', status: 'True' }], ...status } },
    metadata,
  ) as LivePod;

export const replicaSet = (name: string, status: object = {}): LiveReplicaSet =>
  live('ReplicaSet', name, { status }) as LiveReplicaSet;

/** What is seen of a Deployment of three pods, all of them there. */
export function seen(name: string, more: Partial<Seen> = {}, status: object = {}, generation = 2): Seen {
  const object = rendered('Deployment', name, { replicas: 3 });
  const all = { replicas: 3, updatedReplicas: 3, readyReplicas: 3, availableReplicas: 3, ...status };
  const found = 'live' in more ? more.live : workload('Deployment', name, { replicas: 3 }, all, generation);
  const pods = more.newest ?? more.pods ?? [];
  return {
    object,
    live: found,
    state: stateOf(more.object ?? object, found),
    pods,
    newest: pods,
    replicaSets: [],
    ...more,
  };
}

/** A container that waits for something. */
export const waiting = (reason: string, message?: string, more: object = {}) => ({
  conditions: [{ type: 'Ready', status: 'False' }],
  containerStatuses: [
    {
      name: 'web',
      image: 'web:1',
      imageID: '',
      ready: false,
      restartCount: 0,
      state: { waiting: { reason, message } },
      ...more,
    },
  ],
});

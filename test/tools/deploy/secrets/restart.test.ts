import type { LiveWorkload } from '../../../../tools/deploy/rollout/workloads';
import { progressOf, ranWithout, restartOrder } from '../../../../tools/deploy/secrets/restart';
import type { Talk } from '../../../../tools/render/inventory';

const talk = (from: string, to: string): Talk => ({
  ...{ from: { workload: from }, to: { workload: to } },
  ...{ port: 1, protocols: ['TCP'] },
});

describe('the order of restarts', () => {
  it('has who is called before who calls', () => {
    expect(restartOrder(['app', 'db', 'cache'], [talk('app', 'db'), talk('app', 'cache')])).toEqual([
      ['cache', 'db'],
      ['app'],
    ]);
  });

  it('counts only who restarts', () => {
    expect(restartOrder(['app', 'app'], [talk('app', 'db')])).toEqual([['app']]);
  });

  it('ends where they call each other', () => {
    expect(restartOrder(['a', 'b', 'c'], [talk('a', 'b'), talk('b', 'a'), talk('b', 'c')])).toEqual([
      ['c'],
      ['a', 'b'],
    ]);
  });
});

const workload = (kind: string, status: object, generation = 2) =>
  ({
    ...{ apiVersion: 'apps/v1', kind, metadata: { name: 'app', namespace: 'ns', generation } },
    spec: {
      replicas: 2,
      template: { spec: { containers: [{ name: 'app', envFrom: [{ secretRef: { name: 'app' } }] }] } },
    },
    status: { observedGeneration: 2, ...status },
  }) as unknown as LiveWorkload;

describe('a rollout', () => {
  const late = {
    conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'too late' }],
  };

  it('is waited for until its new pods are available', () => {
    const done = { replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 };
    expect(progressOf(workload('Deployment', done))).toEqual({ done: true, words: '2 of 2 updated, 2 ready' });
    expect(progressOf(workload('Deployment', { ...done, availableReplicas: 1 })).done).toBe(false);
  });

  it('has failed past its deadline, and not for that of the change before', () => {
    expect(progressOf(workload('Deployment', late)).failed).toBe('too late');
    expect(progressOf(workload('Deployment', late, 3)).failed).toBeUndefined();
  });
});

describe('a key that was created', () => {
  it('restarts whoever reads its Secret and runs: the Secret was lost meanwhile', () => {
    expect(ranWithout(workload('Deployment', { readyReplicas: 1 }), 'ns', 'app')).toBe(true);
  });

  it('restarts nobody who waits for it, or whose pods do not name it', () => {
    expect(ranWithout(workload('Deployment', {}), 'ns', 'app')).toBe(false);
    expect(ranWithout(workload('Deployment', { readyReplicas: 1 }), 'ns', 'other')).toBe(false);
  });
});

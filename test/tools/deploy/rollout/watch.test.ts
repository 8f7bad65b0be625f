import { Api } from '../../../../tools/deploy/api/client';
import { progressOf, watchRollout } from '../../../../tools/deploy/rollout/watch';
import type { WorkloadState } from '../../../../tools/deploy/rollout/workloads';

const state = (name: string, updated: number, more: Partial<WorkloadState> = {}): WorkloadState => ({
  ...{ kind: 'Deployment', name, desired: 3, updated, ready: 3, available: 3, observed: true, generation: 2 },
  done: updated === 3,
  ...more,
});
const before = {
  generations: new Map([
    ['Deployment chat', 1],
    ['Deployment hi', 1],
  ]),
};

describe('progress', () => {
  it('is a line a workload whenever its numbers change', () => {
    const progress = progressOf(before);
    expect(progress([state('chat', 0), state('hi', 0)])).toEqual([
      'chat  0 of 3 updated, 3 ready',
      'hi    0 of 3 updated, 3 ready',
    ]);
    expect(progress([state('chat', 1), state('hi', 0)])).toEqual(['chat  1 of 3 updated, 3 ready']);
    expect(progress([state('chat', 1), state('hi', 0)])).toEqual([]);
  });

  it('leaves out what the release leaves alone', () => {
    const progress = progressOf(before);
    expect(progress([state('chat', 3, { generation: 1 })])).toEqual([]);
    expect(progress([state('chat', 3, { generation: 1, ready: 2 })])).toEqual(['chat  3 of 3 updated, 2 ready']);
  });

  it('tells the end of a rollout whose middle nobody saw', () => {
    const progress = progressOf(before);
    progress([state('chat', 3, { generation: 1 })]);
    expect(progress([state('chat', 3, { generation: 2 })])).toEqual(['chat  3 of 3 updated, 3 ready']);
  });

  it('tells nothing from numbers that belong to an older generation', () => {
    expect(progressOf(before)([state('chat', 3, { observed: false })])).toEqual([]);
  });

  it('names the kind where two workloads share a name', () => {
    const both = [state('chat', 1), state('chat', 0, { kind: 'StatefulSet' })];
    expect(progressOf(before)(both)).toEqual([
      'Deployment chat   1 of 3 updated, 3 ready',
      'StatefulSet chat  0 of 3 updated, 3 ready',
    ]);
  });
});

describe('a cluster that does not answer', () => {
  it('is told once, and neither a failure nor a reason to give up', async () => {
    const api = new Api('/nowhere/socket');
    const lines: string[] = [];
    const reasons: string[] = [];
    const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'chat' } };
    const watch = watchRollout({
      ...{ api, namespace: 'chat', objects: [object] },
      before: { pods: new Map(), refusals: new Map(), ...before },
      print: (line) => lines.push(line),
      giveUp: (reason) => reasons.push(reason),
    });
    await watch.end();
    api.close();
    expect(lines).toEqual([expect.stringMatching(/^cannot look: .*the cluster does not answer/)]);
    expect(reasons).toEqual([]);
  });
});

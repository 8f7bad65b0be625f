import { quotaHasRoom } from '../../../../tools/check/capacity/quota';
import {
  autoscaler,
  clusterWide,
  daemonSet,
  deployment,
  found,
  inventory,
  object,
  statefulSet,
  unanswered,
  within,
} from '../references/samples';

const quota = (hard: object, spec: object = {}) => object('v1', 'ResourceQuota', 'room', { spec: { hard, ...spec } });
const asking = (resources: object) => ({ containers: [{ name: 'main', resources }] });
const small = asking({
  requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '1Gi' },
  limits: { cpu: '200m', memory: '256Mi', 'ephemeral-storage': '2Gi' },
});
const ten = deployment('chat', small, { replicas: 8 });

describe('a quota', () => {
  it.each([
    ['cpu', '0.9', '1'],
    ['requests.cpu', '0.9', '1'],
    ['memory', '1Gi', '1.25Gi'],
    ['requests.memory', '1Gi', '1.25Gi'],
    ['requests.ephemeral-storage', '9Gi', '10Gi'],
    ['limits.cpu', '1900m', '2'],
    ['limits.memory', '2.4Gi', '2.5Gi'],
    ['limits.ephemeral-storage', '19Gi', '20Gi'],
    ['pods', '9', '10'],
    ['count/pods', '9', '10'],
  ])('of %s without room for eight pods and the two of a rollout is found', (name, hard, comesTo) => {
    expect(found(quotaHasRoom, [quota({ [name]: hard }), ten])).toEqual([
      expect.stringMatching(/^ResourceQuota\/room spec\.hard/),
    ]);
    expect(found(quotaHasRoom, [quota({ [name]: hard }), ten]).join()).toContain(
      `is ${hard}, and the namespace comes to ${comesTo}; expected at least ${comesTo}`,
    );
  });

  it.each([
    ['cpu', '1'],
    ['requests.cpu', '1000m'],
    ['requests.memory', '1280Mi'],
    ['limits.memory', '2.5Gi'],
    ['pods', 10],
    ['configmaps', '0'],
  ])('of %s that just has the room is right', (name, hard) => {
    expect(found(quotaHasRoom, [quota({ [name]: hard }), ten])).toEqual([]);
  });

  it('counts an autoscaler at its maximum', () => {
    const objects = [quota({ pods: '12' }), deployment('chat', small), autoscaler('chat', { maxReplicas: 10 })];
    expect(found(quotaHasRoom, objects).join()).toContain('comes to 13');
  });

  it('counts pods in numbers, however many', () => {
    expect(found(quotaHasRoom, [quota({ pods: '1' }), statefulSet('db', {}, { replicas: 2048 })]).join()).toContain(
      'comes to 2048',
    );
  });

  it('counts what the claims of a StatefulSet ask for', () => {
    const claims = [{ spec: { resources: { requests: { storage: '10Gi' } } } }];
    const objects = [
      quota({ 'requests.storage': '29Gi' }),
      statefulSet('db', {}, { replicas: 3, volumeClaimTemplates: claims }),
    ];
    expect(found(quotaHasRoom, objects).join()).toContain('comes to 30Gi');
  });

  it('counts a DaemonSet once for each node that takes it', () => {
    const node = (name: string, taints: { key: string; value: string; effect: string }[] = []) => ({
      name,
      cpu: '4',
      memory: '8Gi',
      zone: 'a',
      taints,
    });
    const nodes = [node('a'), node('b'), node('c', [{ key: 'gpu', value: '', effect: 'NoSchedule' }])];
    const objects = [quota({ pods: '1' }), daemonSet('agent')];
    expect(found(quotaHasRoom, objects, { inventory: inventory({ nodes }) }).join()).toContain('comes to 2');
    expect(found(quotaHasRoom, objects)).toEqual([]);
  });

  it('is about its own namespace', () => {
    expect(found(quotaHasRoom, [quota({ pods: '9' }), within('other', ten)])).toEqual([]);
  });

  it('in `default`, for want of a namespace, is about that', () => {
    const room = clusterWide('v1', 'ResourceQuota', 'room', { spec: { hard: { pods: '9' } } });
    expect(found(quotaHasRoom, [room, within('default', ten)])).toHaveLength(1);
  });

  it("of no quantity is the schema's to report, and has no room meanwhile", () => {
    expect(found(quotaHasRoom, [quota({ pods: 'many' }), ten])).toHaveLength(1);
  });

  it.each([
    ['scopes', { scopes: ['BestEffort'] }],
    ['a scope selector', { scopeSelector: { matchExpressions: [] } }],
  ])('with %s is not judged, and said so', (_, spec) => {
    const objects = [quota({ pods: '0' }, spec), ten];
    expect(found(quotaHasRoom, objects)).toEqual([]);
    expect(unanswered(quotaHasRoom, objects)).toEqual([
      'capacity/quota: a quota with scopes counts some pods only: room',
    ]);
  });

  it('without scopes is judged, and nothing is said', () => {
    expect(unanswered(quotaHasRoom, [quota({ pods: '10' }), quota({}), ten])).toEqual([]);
  });
});

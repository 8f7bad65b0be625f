import { daemonsOn, openTo, podsFitNodes } from '../../../../tools/check/capacity/nodes';
import type { PodTemplate } from '../../../../tools/manifests/pods';
import { daemonSet, deployment, found, inventory, object, unanswered } from '../references/samples';

const taint = (effect = 'NoSchedule') => ({ key: 'gpu', value: 'yes', effect });
const node = (name: string, fields: object = {}) => ({
  name,
  cpu: '4',
  memory: '8Gi',
  zone: 'a',
  taints: [],
  ...fields,
});
const on = (...nodes: ReturnType<typeof node>[]) => ({ inventory: inventory({ nodes }) });
const asking = (cpu: string, memory: string, pod: object = {}) => ({
  containers: [{ name: 'main', resources: { requests: { cpu, memory } } }],
  ...pod,
});
const at = 'Deployment/chat spec.template.spec';

describe('a pod', () => {
  it.each([
    ['cpu', asking('5', '1Gi'), '5 of cpu and 1Gi of memory'],
    ['memory', asking('500m', '9Gi'), '500m of cpu and 9Gi of memory'],
  ])('that asks for more %s than a node has is found', (_, pod, needs) => {
    const words = `${at}: asks for ${needs}, more than any node that takes it has; expected at most 4 and 8Gi`;
    expect(found(podsFitNodes, [deployment('chat', pod)], on(node('a'), node('b'), node('c'), node('d')))).toEqual([
      words,
    ]);
  });

  it('that no node has cpu and memory for together is found', () => {
    const nodes = on(node('a', { cpu: '8', memory: '1Gi' }), node('b', { cpu: '1', memory: '64Gi' }));
    expect(found(podsFitNodes, [deployment('chat', asking('2', '2Gi'))], nodes)).toEqual([
      `${at}: asks for 2 of cpu and 2Gi of memory, more than any node that takes it has; expected at most 8 and 1Gi, or 1 and 64Gi`,
    ]);
  });

  it('that tolerates the taints of no node is found', () => {
    expect(
      found(podsFitNodes, [deployment('chat')], on(node('a', { taints: [taint()] }), node('b', { taints: [taint()] }))),
    ).toEqual([`${at}.tolerations: tolerate the taints of no node; expected a toleration of gpu=yes:NoSchedule`]);
  });

  it('fits only nodes that take it', () => {
    const nodes = on(node('a', { cpu: '1' }), node('b', { taints: [taint()] }));
    expect(found(podsFitNodes, [deployment('chat', asking('2', '1Gi'))], nodes)).toHaveLength(1);
  });

  it('that says nothing asks for what its LimitRange says', () => {
    const range = object('v1', 'LimitRange', 'room', {
      spec: { limits: [{ type: 'Container', default: { cpu: '5' } }] },
    });
    expect(
      found(podsFitNodes, [range, deployment('chat', {}, { replicas: 0 })], on(node('a'), node('b'))),
    ).toHaveLength(1);
  });

  it('that just fits is right', () => {
    expect(found(podsFitNodes, [deployment('chat', asking('4', '8Gi'))], on(node('a'), node('b')))).toEqual([]);
  });
});

describe('the nodes together', () => {
  it.each([
    ['cpu', asking('1', '1Mi'), '5 of cpu, and the nodes have 4'],
    ['parts of a cpu', asking('810m', '1Mi'), '4.05 of cpu, and the nodes have 4'],
    ['memory', asking('1m', '2Gi'), '10Gi of memory, and the nodes have 8Gi'],
  ])('hold all pods at their maximum: %s', (_, pod, words) => {
    expect(found(podsFitNodes, [deployment('chat', pod, { replicas: 4 })], on(node('a')))).toEqual([
      `Deployment/chat spec: all pods at their maximum ask for ${words}; expected fewer replicas, smaller requests or more nodes`,
    ]);
  });

  it('are told of at the quota, where there is one', () => {
    const room = object('v1', 'ResourceQuota', 'room', { spec: {} });
    expect(
      found(podsFitNodes, [deployment('chat', asking('1', '1Mi'), { replicas: 4 }), room], on(node('a'))).join(),
    ).toMatch(/^ResourceQuota\/room spec: /);
  });

  it('carry a DaemonSet each', () => {
    expect(
      found(podsFitNodes, [daemonSet('agent', asking('3', '1Mi'))], on(node('a'), node('b', { cpu: '1' }))),
    ).toEqual([expect.stringContaining('ask for 6 of cpu, and the nodes have 5')]);
  });

  it('that just hold them are right', () => {
    expect(found(podsFitNodes, [deployment('chat', asking('1', '2Gi'), { replicas: 3 })], on(node('a')))).toEqual([]);
  });

  it('hold a folder without pods', () => {
    expect(found(podsFitNodes, [object('v1', 'ConfigMap', 'a')], on(node('a')))).toEqual([]);
  });
});

describe('pods and nodes', () => {
  it.each([
    ['without an inventory', {}, 'without an inventory nobody says what nodes there are'],
    ['by an inventory that names none', on(), 'the inventory names no nodes'],
  ])('are not judged %s', (_, context, reason) => {
    expect(unanswered(podsFitNodes, [deployment('chat', asking('99', '1Gi'))], context)).toEqual([
      `capacity/nodes: ${reason}`,
    ]);
    expect(found(podsFitNodes, [deployment('chat', asking('99', '1Gi'))], context)).toEqual([]);
  });
});

describe('a tainted node', () => {
  it.each([
    ['nothing', [], false],
    ['key, value and effect', [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }], true],
    ['key and value', [{ key: 'gpu', value: 'yes' }], true],
    ['the key', [{ key: 'gpu', operator: 'Exists' }], true],
    ['everything', [{ operator: 'Exists' }], true],
    ['everything of that effect', [{ operator: 'Exists', effect: 'NoSchedule' }], true],
    ['another key', [{ key: 'cpu', operator: 'Exists' }], false],
    ['another value', [{ key: 'gpu', value: 'no' }], false],
    ['no value', [{ key: 'gpu' }], false],
    ['another effect', [{ key: 'gpu', operator: 'Exists', effect: 'NoExecute' }], false],
    ['no key by its value', [{ value: 'yes' }], false],
  ])('takes pods that tolerate %s: %j → %s', (_, tolerations, takes) => {
    expect(openTo([node('a', { taints: [taint()] })], tolerations)).toHaveLength(takes ? 1 : 0);
  });

  it('whose taint has no value takes pods that tolerate its key', () => {
    expect(openTo([node('a', { taints: [{ ...taint(), value: '' }] })], [{ key: 'gpu' }])).toHaveLength(1);
  });

  it('wants every taint tolerated', () => {
    const taints = [taint(), { ...taint(), key: 'old' }];
    expect(openTo([node('a', { taints })], [{ key: 'gpu', operator: 'Exists' }])).toEqual([]);
  });

  it('keeps nobody away by a preference', () => {
    expect(openTo([node('a', { taints: [taint('PreferNoSchedule')] })])).toHaveLength(1);
  });
});

describe('a DaemonSet', () => {
  const nodes = [node('a'), node('b'), node('c', { taints: [taint()] })];
  const count = (spec: object) => daemonsOn(nodes)({ spec } as PodTemplate);

  it.each([
    ['nodes that take it', {}, 2],
    ['all nodes that it tolerates', { tolerations: [{ operator: 'Exists' }] }, 3],
    ['one, where it picks them by labels', { nodeSelector: { disk: 'ssd' } }, 1],
    ['one, where it picks them by affinity', { affinity: { nodeAffinity: {} } }, 1],
    ['nodes that take it, where its affinity is about pods', { affinity: { podAffinity: {} } }, 2],
  ])('counts as %s', (_, spec, expected) => {
    expect(count(spec)).toBe(expected);
  });
});

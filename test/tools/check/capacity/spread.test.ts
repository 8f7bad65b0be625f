import { spreadIsFeasible } from '../../../../tools/check/capacity/spread';
import { autoscaler, deployment, found, inventory, statefulSet, unanswered } from '../references/samples';

const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';
const tainted = [{ key: 'gpu', value: '', effect: 'NoSchedule' }];
const node = (name: string, zone: string, taints: typeof tainted = []) => ({
  name,
  cpu: '4',
  memory: '8Gi',
  zone,
  taints,
});
const two = { inventory: inventory({ nodes: [node('a', 'x'), node('b', 'y'), node('c', 'y')] }) };
const partly = { inventory: inventory({ nodes: [node('a', 'x'), node('b', 'y', tainted)] }) };
const spread = (constraint: object, spec: object = {}) =>
  deployment(
    'chat',
    {
      topologySpreadConstraints: [{ topologyKey: ZONE, maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule', ...constraint }],
    },
    spec,
  );
const at = 'Deployment/chat spec.template.spec';

describe('a topology spread that must hold', () => {
  it('cannot ask for more zones than there are once its pods need them', () => {
    expect(found(spreadIsFeasible, [spread({ minDomains: 3 }, { replicas: 3 })], two)).toEqual([
      `${at}.topologySpreadConstraints[0].minDomains: asks for 3 domains, and the nodes are in 2: only 2 of 4 pods fit; expected at most 2`,
    ]);
  });

  it('cannot count nodes that do not take its pods', () => {
    expect(found(spreadIsFeasible, [spread({}, { replicas: 1 })], partly)).toEqual([
      `${at}.topologySpreadConstraints[0].nodeTaintsPolicy: counts ${ZONE} of nodes whose taints keep the pods away: only 1 of 2 pods fit; expected \`Honor\``,
    ]);
  });

  it('counts an autoscaler at its maximum', () => {
    expect(found(spreadIsFeasible, [spread({ minDomains: 3 }), autoscaler('chat')], two)).toHaveLength(1);
  });

  it('counts pods of the revision before, unless the hash of the template keeps them apart', () => {
    const apart = spread({ minDomains: 3, matchLabelKeys: ['pod-template-hash'] }, { replicas: 2 });
    expect(found(spreadIsFeasible, [spread({ minDomains: 3 }, { replicas: 2 })], two)).toHaveLength(1);
    expect(found(spreadIsFeasible, [apart], two)).toEqual([]);
  });

  it.each([
    ['with a zone for each', spread({ minDomains: 2 }, { replicas: 3 }), two],
    ['with more zones wanted than pods would fill', spread({ minDomains: 3 }, { replicas: 1 }), two],
    ['with a skew that has room', spread({ minDomains: 3, maxSkew: 2 }, { replicas: 3 }), two],
    ['that is only preferred', spread({ minDomains: 3, whenUnsatisfiable: 'ScheduleAnyway' }, { replicas: 9 }), two],
    ['that honours taints', spread({ nodeTaintsPolicy: 'Honor' }, { replicas: 9 }), partly],
    ['over nodes that all take it', spread({ topologyKey: HOST }, { replicas: 9 }), two],
    [
      'of pods that no node takes, which another check says',
      spread({ minDomains: 3 }, { replicas: 9 }),
      { inventory: inventory({ nodes: [node('a', 'x', tainted)] }) },
    ],
  ])('%s is right', (_, workload, context) => {
    expect(found(spreadIsFeasible, [workload], context)).toEqual([]);
  });

  it('by a misspelt label is found', () => {
    expect(found(spreadIsFeasible, [spread({ topologyKey: 'topology.kubernetes.io/zones' })], two)).toEqual([
      `${at}.topologySpreadConstraints[0].topologyKey: topology.kubernetes.io/zones is no label of nodes; expected \`${ZONE}\``,
    ]);
  });

  it('by a label that no inventory tells is not judged, and said so', () => {
    expect(unanswered(spreadIsFeasible, [spread({ topologyKey: 'rack' })], two)).toEqual([
      'capacity/spread: the inventory does not say which nodes carry rack',
    ]);
    expect(found(spreadIsFeasible, [spread({ topologyKey: 'rack' })], two)).toEqual([]);
  });
});

describe('anti-affinity that must hold', () => {
  const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
  const apart = (topologyKey: string, app = 'chat') => ({
    affinity: {
      podAntiAffinity: { [REQUIRED]: [{ topologyKey }, { topologyKey, labelSelector: { matchLabels: { app } } }] },
    },
  });
  const none = { rollingUpdate: { maxUnavailable: 0 } };
  const term = `${at}.affinity.podAntiAffinity.${REQUIRED}[1]`;

  it('needs a zone or a node for each pod', () => {
    expect(found(spreadIsFeasible, [deployment('chat', apart(ZONE), { replicas: 3 })], two)).toEqual([
      `${term}: keeps 4 pods apart by ${ZONE}, and the nodes are in 2; expected at most 2 pods, rollout included, or a preference`,
    ]);
  });

  it('needs one more where a rollout may take no pod away first', () => {
    const full = (strategy: object) => deployment('chat', apart(HOST), { replicas: 3, strategy });
    expect(found(spreadIsFeasible, [full(none)], two).join()).toContain('keeps 4 pods apart');
    expect(found(spreadIsFeasible, [full({ rollingUpdate: { maxUnavailable: 1 } })], two)).toEqual([]);
    expect(found(spreadIsFeasible, [full({ type: 'Recreate' })], two)).toEqual([]);
  });

  it.each([
    [
      'to other pods, which keeps its own together if they like',
      deployment('chat', apart(HOST, 'redis'), { replicas: 9 }),
    ],
    ['with a node for each', deployment('chat', apart(HOST), { replicas: 2 })],
    ['of a StatefulSet, which replaces in place', statefulSet('chat', apart(HOST), { replicas: 3 })],
  ])('%s is right', (_, workload) => {
    expect(found(spreadIsFeasible, [workload], two)).toEqual([]);
  });

  it('by a label that no inventory tells is not judged, and said so', () => {
    const objects = [deployment('chat', apart('rack'), { replicas: 9 })];
    expect(unanswered(spreadIsFeasible, objects, two)).toEqual([
      'capacity/spread: the inventory does not say which nodes carry rack',
    ]);
    expect(found(spreadIsFeasible, objects, two)).toEqual([]);
  });

  it('leaves nothing unsaid where all is known', () => {
    expect(unanswered(spreadIsFeasible, [deployment('chat', apart(HOST))], two)).toEqual([]);
  });
});

describe('placement', () => {
  it.each([
    ['without an inventory', {}, 'without an inventory nobody says what zones there are'],
    ['by an inventory that names no nodes', { inventory: inventory() }, 'the inventory names no nodes'],
  ])('is not judged %s', (_, context, reason) => {
    expect(unanswered(spreadIsFeasible, [spread({ minDomains: 9 })], context)).toEqual([`capacity/spread: ${reason}`]);
    expect(found(spreadIsFeasible, [spread({ minDomains: 9 })], context)).toEqual([]);
  });
});

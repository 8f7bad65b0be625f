import {
  budgetSelectsPods,
  ownSelector,
  policySelectsPods,
  serviceSelectsPods,
} from '../../../../tools/check/references/selectors';
import {
  budget,
  clusterWide,
  cronJob,
  daemonSet,
  deployment,
  found,
  job,
  object,
  service,
  statefulSet,
  template,
  within,
} from './samples';

const policy = (spec: object) => object('networking.k8s.io/v1', 'NetworkPolicy', 'rules', { spec });

describe('a Service', () => {
  it('whose labels no pod carries is found, with the nearest labels', () => {
    expect(found(serviceSelectsPods, [service('chat', { selector: { app: 'chta' } }), deployment('chat')])).toEqual([
      'Service/chat spec.selector: app=chta selects no pod; expected labels that a pod there carries; nearest: app=chat',
    ]);
  });

  it('that is near to nothing is found without a guess', () => {
    expect(found(serviceSelectsPods, [service('chat'), deployment('somewhere-else')])).toEqual([
      'Service/chat spec.selector: app=chat selects no pod; expected labels that a pod there carries',
    ]);
  });

  it('guesses only what is wrong, not the labels that match', () => {
    const near = service('chat', { selector: { app: 'chat', tier: 'wbe' } });
    const pods = deployment('chat', {}, { template: template('chat', {}, { app: 'chat', tier: 'web' }) });
    expect(found(serviceSelectsPods, [near, pods])).toEqual([
      'Service/chat spec.selector: app=chat,tier=wbe selects no pod; expected labels that a pod there carries; nearest: tier=web',
    ]);
  });

  it('does not reach into another namespace', () => {
    expect(found(serviceSelectsPods, [service('chat'), within('other', deployment('chat'))])).toHaveLength(1);
  });

  it('without a namespace means `default`, as its pods do', () => {
    const front = clusterWide('v1', 'Service', 'chat', { spec: { selector: { app: 'chat' } } });
    expect(found(serviceSelectsPods, [front, within('default', deployment('chat'))])).toEqual([]);
  });

  it.each([
    ['that chooses some labels of many', service('chat'), deployment('chat')],
    ['without a selector, whose endpoints somebody else writes', service('db', { selector: undefined }), job('x')],
    ['with an empty selector', service('db', { selector: {} }), job('x')],
    [
      'without a selector, where there are no pods',
      service('db', { selector: undefined }),
      service('x', { selector: {} }),
    ],
    ['that is a name in DNS', service('db', { type: 'ExternalName', externalName: 'db.example.com' }), job('x')],
    ['of a DaemonSet', service('agent'), daemonSet('agent')],
    ['of a StatefulSet', service('redis'), statefulSet('redis')],
    ['of a CronJob', service('report'), cronJob('report')],
    [
      'of a bare pod',
      service('shell'),
      {
        ...object('v1', 'Pod', 'shell'),
        ...template('shell'),
        metadata: { name: 'shell', namespace: 'shop', labels: { app: 'shell' } },
      },
    ],
    [
      'of one pod of a StatefulSet',
      service('redis', { selector: { app: 'redis', 'statefulset.kubernetes.io/pod-name': 'redis-0' } }),
      statefulSet('redis'),
    ],
    [
      'of another API group, which means something else',
      object('serving.knative.dev/v1', 'Service', 'site', { spec: { selector: { app: 'x' } } }),
      job('y'),
    ],
  ])('%s is right', (_, one, other) => {
    expect(found(serviceSelectsPods, [one, other])).toEqual([]);
  });
});

describe('a PodDisruptionBudget', () => {
  it('that chooses no pod is found', () => {
    expect(found(budgetSelectsPods, [budget('chat'), deployment('redis')])).toEqual([
      'PodDisruptionBudget/chat spec.selector: app=chat selects no pod; expected labels that a pod there carries',
    ]);
  });

  it('without a selector is found: unlike an empty one it selects nothing', () => {
    expect(found(budgetSelectsPods, [budget('chat', { selector: undefined }), deployment('chat')])).toEqual([
      'PodDisruptionBudget/chat spec.selector: is missing: it selects no pod; expected labels that a pod there carries',
    ]);
  });

  it('is the only one of its pods', () => {
    const second = budget('second', { selector: {} });
    expect(found(budgetSelectsPods, [budget('chat'), second, deployment('chat')])).toEqual([
      'PodDisruptionBudget/second spec.selector: selects pods of chat, which chat selects too; expected one budget a pod',
    ]);
  });

  it.each([
    ['by labels', {}],
    ['by everything', { selector: {} }],
    ['by an expression', { selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['chat', 'x'] }] } }],
  ])('that chooses a pod %s is right', (_, spec) => {
    expect(found(budgetSelectsPods, [budget('chat', spec), deployment('chat')])).toEqual([]);
  });
});

describe('a NetworkPolicy', () => {
  const nobody = { podSelector: { matchLabels: { app: 'nobody' } } };
  const chat = { podSelector: { matchLabels: { app: 'chat' } } };

  it.each([
    ['chooses no pod', { ...nobody }, 'spec.podSelector'],
    ['lets nobody in', { ...chat, ingress: [{}, { from: [chat, nobody] }] }, 'spec.ingress[1].from[1].podSelector'],
    ['lets out to nobody', { ...chat, egress: [{ to: [nobody] }] }, 'spec.egress[0].to[0].podSelector'],
  ])('that %s is found', (_, spec, path) => {
    expect(found(policySelectsPods, [policy(spec), deployment('chat')])).toEqual([
      `NetworkPolicy/rules ${path}: app=nobody selects no pod; expected labels that a pod there carries`,
    ]);
  });

  it.each([
    ['about every pod there will ever be', { podSelector: {} }],
    ['without a pod selector, which means the same', {}],
    ['with peers of another namespace', { ...chat, ingress: [{ from: [{ ...nobody, namespaceSelector: {} }] }] }],
    ['with networks', { ...chat, egress: [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }] }],
    ['with rules about ports alone', { ...chat, ingress: [{ ports: [{ port: 80 }] }], egress: [{}] }],
    ['with every pod as its peer', { ...chat, ingress: [{ from: [{ podSelector: {} }] }] }],
  ])('%s is right', (_, spec) => {
    expect(found(policySelectsPods, [policy(spec), deployment('chat')])).toEqual([]);
  });

  it('on all pods is right before there is one', () => {
    expect(found(policySelectsPods, [policy({ podSelector: { matchLabels: {}, matchExpressions: [] } })])).toEqual([]);
  });

  it('with an expression that nobody meets is found', () => {
    const spec = { podSelector: { matchExpressions: [{ key: 'tier', operator: 'Exists' }] } };
    expect(found(policySelectsPods, [policy(spec), deployment('chat')])).toEqual([
      'NetworkPolicy/rules spec.podSelector: tier selects no pod; expected labels that a pod there carries',
    ]);
  });
});

describe('a controller', () => {
  it('that does not choose its own pods is found, with their labels', () => {
    const lost = deployment('chat', {}, { selector: { matchLabels: { app: 'talk' } } });
    expect(found(ownSelector, [lost])).toEqual([
      'Deployment/chat spec.selector: app=talk does not choose the pods of its own template; expected app=chat',
    ]);
  });

  it('whose pods have no labels is told so', () => {
    const bare = deployment('chat', {}, { template: template('chat', {}, {}) });
    expect(found(ownSelector, [bare])).toEqual([
      'Deployment/chat spec.selector: app=chat does not choose the pods of its own template; expected labels on its pods: they have none',
    ]);
  });

  it('that chooses the pods of another is found', () => {
    const greedy = deployment('chat', {}, { selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } });
    expect(found(ownSelector, [greedy, statefulSet('redis')])).toEqual([
      'Deployment/chat spec.selector: chooses the pods of StatefulSet redis too; expected labels that only its own pods carry',
    ]);
  });

  it('of the old kind chooses by plain labels', () => {
    const old = object('v1', 'ReplicationController', 'old', {
      spec: { selector: { app: 'x' }, template: template('old') },
    });
    expect(found(ownSelector, [old])).toEqual([
      'ReplicationController/old spec.selector: app=x does not choose the pods of its own template; expected app=old',
    ]);
  });

  it.each([
    ['that chooses its own', deployment('chat'), deployment('redis')],
    ['of the same labels in another namespace', deployment('chat'), within('other', deployment('chat'))],
    [
      'that makes its own selector: a Job',
      job('one', {}, { selector: { matchLabels: { other: 'x' } } }),
      cronJob('two'),
    ],
    [
      'of the old kind, which takes the labels of its template',
      object('v1', 'ReplicationController', 'old', { spec: { template: template('old') } }),
      deployment('chat'),
    ],
  ])('%s is right', (_, one, other) => {
    expect(found(ownSelector, [one, other])).toEqual([]);
  });
});

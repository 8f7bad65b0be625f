import { affinitySelectsPods, spreadCountsOwnPods } from '../../../../tools/check/references/placement';
import { deployment, found, template, within } from './samples';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';
const of = (app: string) => ({ matchLabels: { app } });

describe('a topology spread constraint', () => {
  const spread = (...constraints: object[]) => deployment('chat', { topologySpreadConstraints: constraints });
  const at = 'Deployment/chat spec.template.spec.topologySpreadConstraints';

  it('that counts other pods is found', () => {
    expect(found(spreadCountsOwnPods, [spread({ labelSelector: of('chat') }, { labelSelector: of('redis') })])).toEqual(
      [`${at}[1].labelSelector: app=redis does not choose its own pods; expected app=chat`],
    );
  });

  it('without a selector is found: it counts nothing', () => {
    expect(found(spreadCountsOwnPods, [spread({})])).toEqual([
      `${at}[0].labelSelector: is missing: it counts no pod; expected app=chat`,
    ]);
  });

  it('of pods without labels says that they need some', () => {
    const bare = deployment('chat', {}, { template: template('chat', { topologySpreadConstraints: [{}] }, {}) });
    expect(found(spreadCountsOwnPods, [bare]).join()).toContain('expected labels on its pods: they have none');
  });

  it.each([
    ['its own labels', of('chat')],
    ['every pod', {}],
    ['an expression', { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['redis'] }] }],
  ])('that counts by %s is right', (_, labelSelector) => {
    expect(found(spreadCountsOwnPods, [spread({ labelSelector }), deployment('redis')])).toEqual([]);
  });
});

describe('affinity', () => {
  const near = (affinity: object) => deployment('chat', { affinity });
  const nobody = { labelSelector: of('nobody') };

  it.each([
    ['podAffinity', REQUIRED, '', { podAffinity: { [REQUIRED]: [nobody] } }],
    ['podAntiAffinity', REQUIRED, '', { podAntiAffinity: { [REQUIRED]: [nobody] } }],
    ['podAffinity', PREFERRED, '.podAffinityTerm', { podAffinity: { [PREFERRED]: [{ podAffinityTerm: nobody }] } }],
    [
      'podAntiAffinity',
      PREFERRED,
      '.podAffinityTerm',
      { podAntiAffinity: { [PREFERRED]: [{ podAffinityTerm: nobody }] } },
    ],
  ])('to nobody is found: %s, %s', (side, when, below, affinity) => {
    expect(found(affinitySelectsPods, [near(affinity)])).toEqual([
      `Deployment/chat spec.template.spec.affinity.${side}.${when}[0]${below}.labelSelector: app=nobody selects no pod; expected labels that a pod there carries`,
    ]);
  });

  it.each([
    ['to pods that there are', { podAffinity: { [REQUIRED]: [{ labelSelector: of('redis') }] } }],
    [
      'to named namespaces, whose pods are not to be known',
      { podAffinity: { [REQUIRED]: [{ ...nobody, namespaces: ['a'] }] } },
    ],
    ['to chosen namespaces', { podAffinity: { [REQUIRED]: [{ ...nobody, namespaceSelector: {} }] } }],
    ['without a selector', { podAntiAffinity: { [PREFERRED]: [{ podAffinityTerm: { topologyKey: 'a' } }] } }],
    ['to nodes', { nodeAffinity: {} }],
  ])('%s is right', (_, affinity) => {
    expect(found(affinitySelectsPods, [near(affinity), deployment('redis')])).toEqual([]);
  });

  it('does not see pods of another namespace', () => {
    const together = near({ podAffinity: { [REQUIRED]: [{ labelSelector: of('redis') }] } });
    expect(found(affinitySelectsPods, [together, within('other', deployment('redis'))])).toHaveLength(1);
  });
});

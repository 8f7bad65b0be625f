import { defaultDeny } from '../../../../tools/check/traffic/default-deny';
import { namespace, policy, workload } from '../../manifests/traffic/sample';
import { answers } from './answers';

const shop = [namespace('shop'), workload('shop', 'chat')];
const both = ['Ingress', 'Egress'];
const denyAll = policy('shop', 'deny-all', { podSelector: {}, policyTypes: both });

/** The directions that are without default. */
const open = (...policies: ReturnType<typeof policy>[]): readonly (string | undefined)[] =>
  answers(defaultDeny, [...shop, ...policies]).map((line) => /policyTypes (.*), and/.exec(line)?.[1]);

describe('traffic/default-deny', () => {
  it('is content with a policy that selects every pod for both directions and has no rules', () => {
    expect(open(denyAll)).toEqual([]);
  });

  it('is content with one policy for each direction', () => {
    const one = policy('shop', 'in', { podSelector: {}, policyTypes: ['Ingress'] });
    const other = policy('shop', 'out', { podSelector: {}, policyTypes: ['Egress'], egress: [] });
    expect(open(one, other)).toEqual([]);
  });

  it('finds the namespace that has none, and says what to write', () => {
    expect(answers(defaultDeny, shop)).toEqual([
      'Namespace/shop metadata.name: denies no Ingress and no Egress by default; expected a NetworkPolicy of namespace shop with an empty podSelector, policyTypes Ingress and Egress, and no rules',
    ]);
  });

  it('is not deceived by a policy of one direction, one that selects some, one that opens something, one of elsewhere', () => {
    expect(open(policy('shop', 'in', { podSelector: {} }))).toEqual(['Egress']);
    expect(open(policy('shop', 'some', { podSelector: { matchLabels: { app: 'chat' } }, policyTypes: both }))).toEqual([
      'Ingress and Egress',
    ]);
    expect(
      open(policy('shop', 'dns', { podSelector: {}, policyTypes: both, egress: [{ ports: [{ port: 53 }] }] })),
    ).toEqual(['Egress']);
    expect(open(policy('other', 'deny', { podSelector: {}, policyTypes: both }))).toEqual(['Ingress and Egress']);
  });

  it('reports on a workload where the namespace is not rendered, and once', () => {
    expect(answers(defaultDeny, [workload('shop', 'chat'), workload('shop', 'hello')])).toEqual([
      expect.stringMatching(/^Deployment\/\w+ metadata\.namespace: /),
    ]);
  });

  it('asks nothing of a namespace that runs no pods', () => {
    expect(answers(defaultDeny, [namespace('empty')])).toEqual([]);
  });
});

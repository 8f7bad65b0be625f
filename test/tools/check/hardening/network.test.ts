import { type Change, rulesAfter, table } from './hardened';

const EVERYWHERE: Record<string, object> = {
  'no peer': {},
  'an empty list of peers': { peers: [] },
  'every address': { peers: [{ ipBlock: { cidr: '0.0.0.0/0' } }] },
  'every address but some': { peers: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] },
  'half of all addresses': { peers: [{ ipBlock: { cidr: '128.0.0.0/1' } }] },
  'a prefix shorter than any private network': { peers: [{ ipBlock: { cidr: '10.0.0.0/7' } }] },
  'every address of IPv6': { peers: [{ ipBlock: { cidr: '::/0' } }] },
  'everything beside something': { peers: [{ podSelector: {} }, { ipBlock: { cidr: '0.0.0.0/0' } }] },
  'every pod beside some': { peers: [{ podSelector: { matchLabels: { app: 'a' } } }, { namespaceSelector: {} }] },
  'every pod of every namespace': { peers: [{ namespaceSelector: {} }] },
  'every pod of every namespace, in full': { peers: [{ namespaceSelector: { matchLabels: {} }, podSelector: {} }] },
};

const NARROWER: Record<string, object> = {
  'a private network': { peers: [{ ipBlock: { cidr: '10.0.0.0/8' } }] },
  'a private network of IPv6': { peers: [{ ipBlock: { cidr: 'fd00::/8' } }] },
  'pods of this namespace': { peers: [{ podSelector: {} }] },
  'some pods of every namespace': { peers: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'dns' } } }] },
  'pods of a namespace': { peers: [{ namespaceSelector: { matchLabels: { name: 'infra' } } }] },
  'pods of namespaces by expression': {
    peers: [{ namespaceSelector: { matchExpressions: [{ key: 'name', operator: 'Exists' }] } }],
  },
};

const opening =
  (direction: 'ingress' | 'egress', { peers }: { peers?: object }): Change =>
  ({ the }) => {
    the('NetworkPolicy').spec[direction] = [
      { [direction === 'egress' ? 'to' : 'from']: peers, ports: [{ port: 443 }] },
    ];
  };

describe.each(['egress', 'ingress'] as const)('hardening/%s', (direction) => {
  it.each(Object.entries(EVERYWHERE))('finds a rule for %s', (_, peers) => {
    expect(rulesAfter(opening(direction, peers))).toEqual([`hardening/${direction}`]);
  });

  it.each(Object.entries(NARROWER))('lets a rule for %s pass', (_, peers) => {
    expect(rulesAfter(opening(direction, peers))).toEqual([]);
  });

  it('lets a policy without rules pass', () => {
    expect(rulesAfter(({ the }) => delete the('NetworkPolicy').spec[direction])).toEqual([]);
  });
});

describe('hardening/ingress', () => {
  const open = opening('ingress', {});
  const exposed =
    (fields: object): Change =>
    (objects) => {
      open(objects);
      Object.assign(objects.the('Service').spec, { type: 'LoadBalancer', ...fields });
    };

  it.each(
    table({
      'a LoadBalancer': exposed({}),
      'a NodePort': exposed({ type: 'NodePort' }),
      'a LoadBalancer, by a policy without a selector': (objects) => {
        exposed({})(objects);
        delete objects.the('NetworkPolicy').spec.podSelector;
      },
      'a LoadBalancer, by a policy of all pods': (objects) => {
        exposed({})(objects);
        objects.the('NetworkPolicy').spec.podSelector = {};
      },
    }),
  )('lets pods behind $title be open to everywhere', ({ change }) => {
    expect(rulesAfter(change)).toEqual([]);
  });

  it.each(
    table({
      'a Service within the cluster': exposed({ type: 'ClusterIP' }),
      'a LoadBalancer of other pods': exposed({ selector: { app: 'other' } }),
      'a LoadBalancer that chooses no pods': exposed({ selector: undefined }),
      'a LoadBalancer of pods that the policy does not choose': (objects) => {
        exposed({})(objects);
        objects.the('NetworkPolicy').spec.podSelector = { matchLabels: { app: 'other' } };
      },
      'a LoadBalancer of another namespace than the policy': (objects) => {
        exposed({})(objects);
        objects.the('NetworkPolicy').metadata.namespace = 'other';
      },
    }),
  )('finds them behind $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(['hardening/ingress']);
  });
});

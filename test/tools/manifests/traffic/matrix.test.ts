import type { NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from 'kubernetes-types/networking/v1';
import { namespace, policy, trafficIn, workload } from './sample';

/** Two workloads of one namespace and one of another, all of them unisolated until a policy says otherwise. */
const chat = workload('shop', 'chat');
const redis = workload('shop', 'redis', { ports: [{ name: 'redis', containerPort: 6379 }] });
const prober = workload('watch', 'prober');
const here = [namespace('shop', { team: 'red' }), namespace('watch', { team: 'blue' }), chat, redis, prober];

const select = (app: string) => ({ podSelector: { matchLabels: { app } } });
const inNamespaces = (team: string) => ({ namespaceSelector: { matchLabels: { team } } });
const byName = (...values: string[]) => ({
  namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] },
});

/** What a policy on redis leaves open towards redis. */
const intoRedis = (spec: Partial<NetworkPolicySpec>, ...more: object[]): readonly string[] =>
  trafficIn(...here, ...(more as (typeof chat)[]), policy('shop', 'redis', { ...select('redis'), ...spec })).filter(
    (flow) => flow.includes('→ Deployment shop/redis'),
  );

/** Who reaches redis where its ingress names these peers. */
const reachingRedis = (from: NetworkPolicyPeer[] | undefined, ...more: object[]): readonly string[] =>
  intoRedis({ ingress: [{ from, ports: [{ port: 6379 }] }] }, ...more).map((flow) => flow.split(' → ')[0] ?? '');

/** The ports on which chat reaches redis where redis's ingress lists these. */
const openedPorts = (ports: NetworkPolicyPort[] | undefined): readonly string[] =>
  intoRedis({ ingress: [{ from: [select('chat')], ports }] }).map((flow) => flow.split(': ')[1] ?? '');

const EVERY = ['every TCP port', 'every UDP port', 'every SCTP port'];
const toAnyone = (party: string) => EVERY.map((ports) => `${party} → anyone: ${ports}`);
const fromAnyone = (party: string) => EVERY.map((ports) => `anyone → ${party}: ${ports}`);

describe('a workload that no policy selects', () => {
  it('is open to anyone and reaches anyone, on every port', () => {
    expect(trafficIn(chat)).toEqual([...toAnyone('Deployment shop/chat'), ...fromAnyone('Deployment shop/chat')]);
  });

  it('is not touched by a policy of another namespace, whatever that selects', () => {
    expect(trafficIn(chat, policy('watch', 'deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }))).toEqual(
      trafficIn(chat),
    );
  });

  it('is one row a side however many there are: not one for each pair', () => {
    const many = Array.from({ length: 20 }, (_, index) => workload('shop', `app-${index}`));
    expect(new Set(trafficIn(...many).map((flow) => flow.split(': ')[0])).size).toBe(2 * many.length);
  });
});

describe('isolation', () => {
  it('of a policy with an empty pod selector is that of every pod of its namespace', () => {
    expect(
      trafficIn(chat, redis, policy('shop', 'deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })),
    ).toEqual([]);
  });

  it('is of ingress alone where a policy names no types and has no egress rule', () => {
    expect(trafficIn(chat, policy('shop', 'deny', { podSelector: {} }))).toEqual(toAnyone('Deployment shop/chat'));
  });

  it('is of ingress alone where types and egress are there and empty', () => {
    expect(trafficIn(chat, policy('shop', 'deny', { podSelector: {}, policyTypes: [], egress: [] }))).toEqual(
      toAnyone('Deployment shop/chat'),
    );
  });

  it('is of both where a policy names no types and has an egress rule', () => {
    expect(trafficIn(chat, policy('shop', 'dns', { podSelector: {}, egress: [{ ports: [{ port: 53 }] }] }))).toEqual([
      'Deployment shop/chat → anyone: TCP 53',
    ]);
  });

  it('is of egress alone where a policy says so, even beside ingress rules', () => {
    const spec = { podSelector: {}, policyTypes: ['Egress'], ingress: [{ ports: [{ port: 80 }] }] };
    expect(trafficIn(chat, policy('shop', 'egress', spec))).toEqual(fromAnyone('Deployment shop/chat'));
  });

  it('does not count egress rules of a policy that is of ingress alone', () => {
    const spec = { podSelector: {}, policyTypes: ['Ingress'], egress: [{ ports: [{ port: 53 }] }] };
    expect(trafficIn(chat, policy('shop', 'ingress', spec))).toEqual(toAnyone('Deployment shop/chat'));
  });

  it('is opened by the union of the rules of every policy that selects the pod', () => {
    const rules = (port: number) => ({
      podSelector: {},
      ingress: [{ ports: [{ port }] }, { ports: [{ port: port + 10 }] }],
    });
    const into = trafficIn(chat, policy('shop', 'one', rules(80)), policy('shop', 'two', rules(443))).filter((flow) =>
      flow.startsWith('anyone'),
    );
    expect(into).toEqual([80, 90, 443, 453].map((port) => `anyone → Deployment shop/chat: TCP ${port}`));
  });

  it('is that of the last of two policies with one name, which is what kubectl would leave', () => {
    const open = policy('shop', 'deny', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] });
    const shut = policy('shop', 'deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(trafficIn(chat, open, shut)).toEqual([]);
  });

  it('of a policy that names no namespace is of the default one', () => {
    const { metadata, ...rest } = policy('', 'deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    expect(trafficIn(workload('default', 'chat'), { ...rest, metadata: { name: metadata.name } })).toEqual([]);
  });
});

describe('the peers of a rule', () => {
  it('are everybody where there are none', () => {
    expect([reachingRedis(undefined), reachingRedis([])]).toEqual([['anyone'], ['anyone']]);
  });

  it('by a pod selector alone are pods of the policy’s own namespace', () => {
    const twin = workload('watch', 'chat');
    expect(reachingRedis([select('chat')], twin)).toEqual(['Deployment shop/chat']);
  });

  it('by an empty pod selector are all pods of the policy’s namespace, the workload’s own among them', () => {
    expect(reachingRedis([{ podSelector: {} }])).toEqual(['Deployment shop/chat', 'Deployment shop/redis']);
  });

  it('by a namespace selector alone are all pods of those namespaces', () => {
    expect(reachingRedis([inNamespaces('blue')])).toEqual([
      'Deployment watch/prober',
      'all pods in namespaces team=blue',
    ]);
  });

  it('by both selectors are the pods that both choose', () => {
    const other = workload('watch', 'other');
    expect(reachingRedis([{ ...byName('watch'), ...select('prober') }], other)).toEqual(['Deployment watch/prober']);
  });

  it('by an empty namespace selector are all pods everywhere, those that are not rendered too', () => {
    expect(reachingRedis([{ namespaceSelector: {} }])).toEqual([
      'Deployment shop/chat',
      'Deployment shop/redis',
      'Deployment watch/prober',
      'all pods in other namespaces',
    ]);
  });

  it('by an address block are addresses, without what it excepts', () => {
    expect(reachingRedis([{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.2.0.0/16', '10.1.0.0/16'] } }])).toEqual([
      '10.0.0.0/8 except 10.1.0.0/16, 10.2.0.0/16',
    ]);
  });

  it('are each of those that are listed', () => {
    expect(reachingRedis([select('chat'), { ipBlock: { cidr: '10.0.0.0/8' } }])).toEqual([
      'Deployment shop/chat',
      '10.0.0.0/8',
    ]);
  });

  it('are one party where several rules name it, with the ports of all', () => {
    const from = [{ ipBlock: { cidr: '10.0.0.0/8' } }, select('chat')];
    const rules = [80, 443].map((port) => ({ from, ports: [{ port }] }));
    expect(
      intoRedis({ ingress: rules }).map((flow) =>
        flow.split(' → ').map((part) => part.replace('Deployment shop/', '')),
      ),
    ).toEqual([
      ['chat', 'redis: TCP 80'],
      ['chat', 'redis: TCP 443'],
      ['10.0.0.0/8', 'redis: TCP 80'],
      ['10.0.0.0/8', 'redis: TCP 443'],
    ]);
  });

  it('are nobody where a peer says nothing, which no API server admits', () => {
    expect(reachingRedis([{}])).toEqual([]);
  });
});

describe('pods that the set does not render', () => {
  it('are shown as the policy names them', () => {
    expect(reachingRedis([{ ...byName('traefik'), ...select('traefik') }])).toEqual([
      'pods app=traefik in namespaces kubernetes.io/metadata.name in (traefik)',
    ]);
  });

  it('are not there where a selector can only choose namespaces whose pods are all rendered', () => {
    expect(reachingRedis([byName('watch', 'shop')]).filter((party) => party.includes('pods'))).toEqual([]);
  });

  it('are there beside the rendered ones where one of the names is of a namespace that is not rendered', () => {
    expect(reachingRedis([byName('watch', 'traefik')])).toEqual([
      'Deployment watch/prober',
      'all pods in namespaces kubernetes.io/metadata.name in (traefik, watch)',
    ]);
  });

  it('are there for a namespace that is used and not rendered: others may run pods in it', () => {
    const exporter = workload('kube-system', 'exporter');
    expect(reachingRedis([byName('kube-system')], exporter)).toEqual([
      'Deployment kube-system/exporter',
      'all pods in namespaces kubernetes.io/metadata.name in (kube-system)',
    ]);
  });

  it('are there for a namespace that is rendered without a pod: its pods come from elsewhere', () => {
    expect(reachingRedis([inNamespaces('ops')], namespace('monitoring', { team: 'ops' }))).toHaveLength(1);
    expect(reachingRedis([byName('monitoring')], namespace('monitoring'))).toHaveLength(1);
  });

  it('are not there for names that a second requirement takes back', () => {
    const [own] = [byName('traefik', 'watch').namespaceSelector.matchExpressions[0]];
    const not = { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['traefik'] };
    expect(reachingRedis([{ namespaceSelector: { matchExpressions: [...(own ? [own] : []), not] } }])).toEqual([
      'Deployment watch/prober',
    ]);
  });

  it('are one party where rules name them with their labels in another order', () => {
    const labels = { a: '1', b: '2' };
    const peers = [labels, { b: '2', a: '1' }].map((matchLabels) => ({
      ...byName('traefik'),
      podSelector: { matchLabels },
    }));
    expect(reachingRedis(peers)).toHaveLength(1);
  });

  it('cannot be chosen by labels of a namespace that nobody knows: those of one that is only used', () => {
    const exporter = workload('kube-system', 'exporter');
    expect(reachingRedis([inNamespaces('system')], exporter)).toEqual(['all pods in namespaces team=system']);
  });
});

describe('the ports of a rule', () => {
  it('are every port where there are none', () => {
    expect([openedPorts(undefined), openedPorts([])]).toEqual([EVERY, EVERY]);
  });

  it('are of TCP unless they say otherwise', () => {
    expect(openedPorts([{ port: 80 }, { port: 53, protocol: 'UDP' }])).toEqual(['TCP 80', 'UDP 53']);
  });

  it('reach from the first to the end port', () => {
    expect(openedPorts([{ port: 8000, endPort: 8010 }])).toEqual(['TCP 8000–8010']);
  });

  it('are all of a protocol where an entry names no port', () => {
    expect(openedPorts([{ protocol: 'UDP' }])).toEqual(['every UDP port']);
  });

  it('by name are container ports of the pods that listen', () => {
    expect(openedPorts([{ port: 'redis' }])).toEqual(['TCP 6379']);
  });

  it('by name in a rule of egress are container ports of the pods that are called', () => {
    const spec = {
      ...select('chat'),
      policyTypes: ['Egress'],
      egress: [{ to: [select('redis')], ports: [{ port: 'redis' }] }],
    };
    expect(trafficIn(...here, policy('shop', 'chat', spec))).toContain(
      'Deployment shop/chat → Deployment shop/redis: TCP 6379',
    );
  });

  it('by a name that the pods do not have are none', () => {
    expect(openedPorts([{ port: 'metrics' }])).toEqual([]);
  });

  it('by a name of another protocol are none', () => {
    expect(openedPorts([{ port: 'redis', protocol: 'UDP' }])).toEqual([]);
  });

  it('by name count sidecars, which listen as long as the pod runs, and no container that ends before', () => {
    const container = (name: string, containerPort: number) => ({ name, ports: [{ name: 'web', containerPort }] });
    const initContainers = [container('prepare', 1), { ...container('proxy', 2), restartPolicy: 'Always' }];
    const pod = {
      ...workload('shop', 'web'),
      spec: {
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [container('web', 3)], initContainers } },
      },
    };
    const open = policy('shop', 'web', {
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ port: 'web' }] }],
    });
    expect(trafficIn(pod, open)).toEqual(['anyone → Deployment shop/web: TCP 2–3']);
  });

  it('are merged where they touch or overlap', () => {
    expect(openedPorts([{ port: 81, endPort: 90 }, { port: 80 }, { port: 85, endPort: 95 }, { port: 97 }])).toEqual([
      'TCP 80–95',
      'TCP 97',
    ]);
  });

  it('by name towards pods that are not rendered keep the name: their number is not known, and they are open all the same', () => {
    const spec = {
      ...select('chat'),
      policyTypes: ['Ingress', 'Egress'],
      egress: [{ to: [byName('dns')], ports: [{ port: 'dns', protocol: 'UDP' }] }],
    };
    expect(trafficIn(chat, policy('shop', 'chat', spec))).toEqual([
      'Deployment shop/chat → all pods in namespaces kubernetes.io/metadata.name in (dns): UDP dns',
    ]);
  });
});

describe('two workloads', () => {
  const shut = (name: string, spec: Partial<NetworkPolicySpec>) =>
    policy('shop', name, { ...select(name), policyTypes: ['Ingress', 'Egress'], ...spec });
  const between = (...policies: ReturnType<typeof shut>[]) =>
    trafficIn(...here, ...policies).filter((flow) => flow.startsWith('Deployment shop/chat → Deployment shop/redis'));
  const callsRedis = { egress: [{ to: [select('redis')], ports: [{ port: 6379 }, { port: 80 }] }] };
  const hearsChat = { ingress: [{ from: [select('chat')], ports: [{ port: 'redis' }, { port: 443 }] }] };
  const FLOW = 'Deployment shop/chat → Deployment shop/redis: TCP 6379';

  it('talk on the ports that the egress of one and the ingress of the other both open', () => {
    expect(between(shut('chat', callsRedis), shut('redis', hearsChat))).toEqual([FLOW]);
  });

  it('do not talk where only the callee allows it', () => {
    expect(between(shut('chat', {}), shut('redis', hearsChat))).toEqual([]);
  });

  it('do not talk where only the caller allows it', () => {
    expect(between(shut('chat', callsRedis), shut('redis', {}))).toEqual([]);
  });

  it('talk where the caller names the callee, and the callee is open to anyone on one of the ports', () => {
    expect(between(shut('chat', callsRedis), shut('redis', { ingress: [{ ports: [{ port: 6379 }] }] }))).toEqual([
      FLOW,
    ]);
  });

  it('talk where the callee names the caller, and the caller reaches anyone on one of the ports, by its name', () => {
    expect(between(shut('chat', { egress: [{ ports: [{ port: 'redis' }] }] }), shut('redis', hearsChat))).toEqual([
      FLOW,
    ]);
  });

  it('talk where the callee names the caller, which no policy isolates', () => {
    expect(between(shut('redis', hearsChat))).toEqual(
      ['TCP 443', 'TCP 6379'].map((port) => `Deployment shop/chat → Deployment shop/redis: ${port}`),
    );
  });

  it('are one row where both sides name each other', () => {
    const twice = { ingress: [...hearsChat.ingress, ...hearsChat.ingress] };
    expect(between(shut('chat', callsRedis), shut('redis', twice))).toHaveLength(1);
  });
});

describe('pods on their node’s network', () => {
  const host = workload('shop', 'host', { hostNetwork: true });

  it('are isolated by no policy', () => {
    expect(trafficIn(host, policy('shop', 'deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }))).toEqual([
      ...toAnyone('Deployment shop/host'),
      ...fromAnyone('Deployment shop/host'),
    ]);
  });

  it('are chosen by no selector: a network plugin takes their traffic for the node’s', () => {
    expect(reachingRedis([select('host')], host)).toEqual([]);
  });
});

describe('the same object twice', () => {
  it('is one workload, the last one', () => {
    expect(
      trafficIn(
        chat,
        workload('shop', 'chat', { labels: { app: 'other' } }),
        policy('shop', 'deny', { ...select('other'), policyTypes: ['Ingress', 'Egress'] }),
      ),
    ).toEqual([]);
  });
});

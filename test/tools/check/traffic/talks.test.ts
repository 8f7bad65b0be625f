import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkPolicySpec } from 'kubernetes-types/networking/v1';
import { trafficChecks } from '../../../../tools/check/traffic';
import { talksAreOpen } from '../../../../tools/check/traffic/talks';
import { loadFolder } from '../../../../tools/manifests/load';
import type { Peer, Talk } from '../../../../tools/render/inventory';
import type { Manifest } from '../../../../tools/render/order';
import { namespace, policy, workload } from '../../manifests/traffic/sample';
import { answers, declaring } from './answers';

const DIST = join(__dirname, '../../../../dist');

const select = (app: string) => ({ podSelector: { matchLabels: { app } } });
const dnsPods = { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } };
const dnsPeer = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
};
const both = ['Ingress', 'Egress'];

const ofChat = (egress: NetworkPolicySpec['egress']) =>
  policy('shop', 'chat', { ...select('chat'), policyTypes: both, egress });
const ofRedis = (ingress: NetworkPolicySpec['ingress']) =>
  policy('shop', 'redis', { ...select('redis'), policyTypes: both, ingress });
const rule = (app: string, port: number | string = 6379) => ({ peers: [select(app)], ports: [{ port }] });
const egress = ({ peers, ports } = rule('redis')) => [{ to: peers, ports }];
const ingress = ({ peers, ports } = rule('chat')) => [{ from: peers, ports }];

const workloads = [
  namespace('shop'),
  workload('shop', 'chat'),
  workload('shop', 'redis', { ports: [{ name: 'redis', containerPort: 6379 }] }),
];
const talk = (from: Peer, to: Peer, port = 6379, protocols: Talk['protocols'] = ['TCP']): Talk => ({
  from,
  to,
  port,
  protocols,
});
const chatToRedis = talk({ workload: 'chat' }, { workload: 'redis' });

const judged = (policies: readonly Manifest[], ...talks: readonly Talk[]) =>
  answers(talksAreOpen, [...workloads, ...policies], declaring(...talks));

describe('traffic/declared-talks', () => {
  it('is content where policies open what is declared and nothing else', () => {
    expect(judged([ofChat(egress()), ofRedis(ingress())], chatToRedis)).toEqual([]);
  });

  it('reads a port that a policy calls by name', () => {
    expect(
      judged([ofChat(egress(rule('redis', 'redis'))), ofRedis(ingress(rule('chat', 'redis')))], chatToRedis),
    ).toEqual([]);
  });

  it('has no answer for a folder whose talks nobody declared', () => {
    expect(answers(talksAreOpen, workloads)).toEqual(['not judged: no inventory declares the talks of this folder']);
  });
});

describe('a talk that is shut', () => {
  it("is the caller's where only its egress shuts it", () => {
    expect(judged([ofChat([]), ofRedis(ingress())], chatToRedis)).toEqual([
      'Deployment/chat : may not reach Deployment shop/redis on TCP 6379; expected a policy whose egress opens what the inventory declares',
    ]);
  });

  it("is the callee's where only its ingress shuts it", () => {
    expect(judged([ofChat(egress()), ofRedis([])], chatToRedis)).toEqual([
      'Deployment/redis : may not be reached by Deployment shop/chat on TCP 6379; expected a policy whose ingress opens what the inventory declares',
    ]);
  });

  it('is shut on the protocols that are missing alone', () => {
    const talks = talk({ workload: 'chat' }, dnsPods, 53, ['UDP', 'TCP']);
    const policies = [ofChat([{ to: [dnsPeer], ports: [{ port: 53 }] }]), ofRedis([])];
    expect(judged(policies, talks)).toEqual([
      expect.stringContaining('may not reach pods k8s-app=kube-dns in kube-system on UDP 53;'),
    ]);
  });

  it('is told of each network that cannot come in', () => {
    const talks = talk({ networks: ['192.0.2.0/25', '192.0.2.128/25'] }, { workload: 'redis' });
    const policies = [
      ofChat([]),
      ofRedis([{ from: [{ ipBlock: { cidr: '192.0.2.0/25' } }], ports: [{ port: 6379 }] }]),
    ];
    expect(judged(policies, talks)).toEqual([
      expect.stringContaining('may not be reached by 192.0.2.128/25 on TCP 6379;'),
    ]);
  });

  it('is told of a workload that there is not, with the nearest name', () => {
    expect(judged([ofChat([]), ofRedis([])], talk({ workload: 'chat' }, { workload: 'rediss' }))).toEqual([
      'Namespace/shop : runs no workload rediss, which a talk names; expected `redis`',
    ]);
  });

  it('is judged by the pods of another namespace where the set renders them', () => {
    const dns = [namespace('kube-system'), workload('kube-system', 'dns', { labels: { 'k8s-app': 'kube-dns' } })];
    const denied = policy('kube-system', 'deny', { podSelector: {}, policyTypes: both });
    const talks = talk({ workload: 'chat' }, dnsPods, 53);
    expect(judged([...dns, denied, ofChat([{ to: [dnsPeer], ports: [{ port: 53 }] }]), ofRedis([])], talks)).toEqual([
      expect.stringMatching(/^Deployment\/dns : may not be reached by Deployment shop\/chat on TCP 53;/),
    ]);
  });
});

describe('a talk that is open', () => {
  /** What is said of talks alone, not of what is open beside them. */
  const shut = (policies: readonly Manifest[], ...talks: readonly Talk[]) =>
    judged(policies, ...talks).filter((line) => line.includes('may not'));

  it('is open where a side is open to anyone', () => {
    expect(shut([ofRedis(ingress())], chatToRedis)).toEqual([]);
  });

  it('is open where a side is open to anyone on a port by its name on the pods that listen', () => {
    expect(shut([ofChat([{ ports: [{ port: 'redis' }] }]), ofRedis(ingress())], chatToRedis)).toEqual([]);
  });

  it('is not asked of a workload of another namespace that has the same name', () => {
    const twin = [workload('other', 'redis'), policy('other', 'deny', { podSelector: {}, policyTypes: both })];
    expect(judged([...twin, ofChat(egress()), ofRedis(ingress())], chatToRedis)).toEqual([]);
  });

  it('is not open by a rule that names other pods, or other namespaces', () => {
    const { namespaceSelector, podSelector } = dnsPeer;
    const elsewhere = { matchLabels: { 'kubernetes.io/metadata.name': 'elsewhere' } };
    const talks = talk({ workload: 'chat' }, dnsPods, 53);
    for (const peer of [
      { namespaceSelector: elsewhere, podSelector },
      { namespaceSelector, ...select('other') },
    ]) {
      expect(shut([ofChat([{ to: [peer], ports: [{ port: 53 }] }]), ofRedis([])], talks)).toHaveLength(1);
    }
  });
});

describe('what is open without being declared', () => {
  it('is known by its name on the pods that listen', () => {
    const policies = [ofChat(egress(rule('redis', 'redis'))), ofRedis(ingress(rule('chat', 'redis')))];
    expect(judged(policies)).toEqual([
      expect.stringMatching(/^NetworkPolicy\/redis spec\.ingress\[0\]: leaves open .* on TCP 6379;/),
    ]);
  });

  it("is each rule's that opens a part of it", () => {
    const open = [53, 443].map((port) => ({ ports: [{ port }] }));
    expect(judged([ofChat(open), ofRedis([])])).toEqual([
      expect.stringMatching(
        /^NetworkPolicy\/chat spec\.egress\[0\]: leaves open Deployment shop\/chat → anyone on TCP 53;/,
      ),
      expect.stringMatching(
        /^NetworkPolicy\/chat spec\.egress\[1\]: leaves open Deployment shop\/chat → anyone on TCP 443;/,
      ),
    ]);
  });

  it('are not the ports of a second talk between the same two', () => {
    const ports = [{ port: 6379 }, { port: 26379 }];
    const policies = [ofChat([{ to: [select('redis')], ports }]), ofRedis([{ from: [select('chat')], ports }])];
    expect(judged(policies, chatToRedis, { ...chatToRedis, port: 26379 })).toEqual([]);
  });

  it('are pods of the other namespace that do not carry the declared labels', () => {
    const dns = workload('kube-system', 'dns', { labels: { 'k8s-app': 'kube-dns' } });
    const there = [namespace('kube-system'), dns, workload('kube-system', 'other')];
    const shut = policy('kube-system', 'deny', { podSelector: {}, policyTypes: ['Egress'] });
    const chat = ofChat([{ to: [{ namespaceSelector: dnsPeer.namespaceSelector }], ports: [{ port: 53 }] }]);
    const found = judged([...there, shut, chat, ofRedis([])], talk({ workload: 'chat' }, dnsPods, 53));
    expect(found.filter((line) => line.startsWith('NetworkPolicy'))).toEqual([
      expect.stringMatching(/leaves open Deployment shop\/chat → Deployment kube-system\/other on TCP 53;/),
    ]);
  });

  it("is the rule's that opens it: the callee's, where both sides name each other", () => {
    expect(judged([ofChat(egress()), ofRedis(ingress())])).toEqual([
      'NetworkPolicy/redis spec.ingress[0]: leaves open Deployment shop/chat → Deployment shop/redis on TCP 6379; expected a talk of the inventory that declares it',
    ]);
  });

  it("is the caller's rule where the callee's opens to anyone", () => {
    expect(
      judged([ofChat(egress()), ofRedis([{ ports: [{ port: 6379 }] }])]).map((line) => line.split(':')[0]),
    ).toEqual(['NetworkPolicy/chat spec.egress[0]', 'NetworkPolicy/redis spec.ingress[0]']);
  });

  it("is the second rule's where the first opens what is declared", () => {
    const rules = [...ingress(), ...ingress(rule('chat', 22))];
    const callers = [...egress(), ...egress(rule('redis', 22))];
    expect(judged([ofChat(callers), ofRedis(rules)], chatToRedis)).toEqual([
      expect.stringMatching(/^NetworkPolicy\/redis spec\.ingress\[1\]: leaves open .* on TCP 22;/),
    ]);
  });

  it('are the ports beside the declared one', () => {
    const policies = [
      ofChat(egress()),
      ofRedis([{ from: [{ ipBlock: { cidr: '192.0.2.0/25' } }], ports: [{ port: 6379, endPort: 6400 }] }]),
    ];
    const found = judged(policies, talk({ networks: ['192.0.2.0/25'] }, { workload: 'redis' }));
    expect(found).toEqual([expect.stringContaining('192.0.2.0/25 → Deployment shop/redis on TCP 6380–6400;')]);
  });

  it('is a peer that is wider than declared, though it opens the talk', () => {
    const { namespaceSelector } = dnsPeer;
    const talks = talk({ workload: 'chat' }, dnsPods, 53);
    expect(judged([ofChat([{ to: [{ namespaceSelector }], ports: [{ port: 53 }] }]), ofRedis([])], talks)).toEqual([
      expect.stringMatching(
        /^NetworkPolicy\/chat spec\.egress\[0\]: leaves open Deployment shop\/chat → all pods in kube-system on TCP 53;/,
      ),
    ]);
  });

  it("is the workload's own that no policy isolates", () => {
    expect(judged([ofRedis([]), policy('shop', 'chat', { ...select('chat') })])).toEqual([
      'Deployment/chat : no policy isolates it, which leaves open Deployment shop/chat → anyone on every port; expected a talk of the inventory that declares it',
    ]);
  });

  it('is one finding a rule, however many it lets in', () => {
    const many = Array.from({ length: 5 }, (_, index) => workload('shop', `app-${index}`));
    const found = judged([...many, ofChat([]), ofRedis([{ from: [{ podSelector: {} }] }])]).filter((line) =>
      line.startsWith('NetworkPolicy'),
    );
    expect(found).toEqual([expect.stringMatching(/app-0 → .*; .*app-1 → .*; .*app-2 → .*; 2 more; expected/)]);
  });
});

describe('our own environments', () => {
  it.each(['production', 'kind', 'lab'])('%s passes every traffic check', (name) => {
    const inventory = JSON.parse(readFileSync(join(DIST, 'inventory', `${name}.json`), 'utf8'));
    const { objects } = loadFolder(join(DIST, name));
    expect(trafficChecks.flatMap((check) => answers(check, objects, inventory))).toEqual([]);
  });
});

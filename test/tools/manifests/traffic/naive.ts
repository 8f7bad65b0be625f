/**
 * Whether policies allow one connection, read off the API's definition (networking.k8s.io/v1) sentence by sentence and
 * without any thought of speed. Shares nothing with the product but types.
 */
import { BlockList, isIPv6 } from 'node:net';
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type {
  IPBlock,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
} from 'kubernetes-types/networking/v1';

type Labels = Readonly<Record<string, string>>;

/** A pod that runs. */
export interface ConcretePod {
  readonly kind: 'pod';
  readonly namespace: { readonly name: string; readonly labels: Labels };
  readonly labels: Labels;
  readonly hostNetwork: boolean;
  readonly ports: readonly { readonly name?: string; readonly protocol?: string; readonly containerPort: number }[];
}

export interface ConcreteAddress {
  readonly kind: 'address';
  readonly address: string;
}

export interface Connection {
  readonly from: ConcretePod | ConcreteAddress;
  readonly to: ConcretePod | ConcreteAddress;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly port: number;
}

/** "For a connection from a source pod to a destination pod to be allowed, both the egress policy on the source pod and the ingress policy on the destination pod need to allow the connection." */
export function allows(policies: readonly NetworkPolicy[], connection: Connection): boolean {
  return egressAllows(policies, connection) && ingressAllows(policies, connection);
}

function egressAllows(policies: readonly NetworkPolicy[], connection: Connection): boolean {
  const { from, to } = connection;
  if (from.kind === 'address') return true;
  const isolating = policies.filter((policy) => appliesTo(policy, from) && typesOf(specOf(policy)).includes('Egress'));
  if (isolating.length === 0) return true;
  for (const policy of isolating) {
    for (const rule of specOf(policy).egress ?? []) {
      if (peersMatch(rule.to, policy, to) && portsMatch(rule.ports, connection)) return true;
    }
  }
  return false;
}

function ingressAllows(policies: readonly NetworkPolicy[], connection: Connection): boolean {
  const { from, to } = connection;
  if (to.kind === 'address') return true;
  const isolating = policies.filter((policy) => appliesTo(policy, to) && typesOf(specOf(policy)).includes('Ingress'));
  if (isolating.length === 0) return true;
  for (const policy of isolating) {
    for (const rule of specOf(policy).ingress ?? []) {
      if (peersMatch(rule.from, policy, from) && portsMatch(rule.ports, connection)) return true;
    }
  }
  return false;
}

function specOf(policy: NetworkPolicy): NetworkPolicySpec {
  if (!policy.spec) throw new Error('a policy without spec');
  return policy.spec;
}

const namespaceOf = (policy: NetworkPolicy): string | undefined => policy.metadata?.namespace;

/** "podSelector selects the pods to which this NetworkPolicy object applies […] in this namespace." */
function appliesTo(policy: NetworkPolicy, pod: ConcretePod): boolean {
  if (pod.hostNetwork) return false;
  return namespaceOf(policy) === pod.namespace.name && matches(specOf(policy).podSelector, pod.labels);
}

/** "If this field is not specified, it will default based on the existence of ingress or egress rules." */
function typesOf(spec: NetworkPolicySpec): readonly string[] {
  if (spec.policyTypes !== undefined && spec.policyTypes.length > 0) return spec.policyTypes;
  if (spec.egress !== undefined && spec.egress.length > 0) return ['Ingress', 'Egress'];
  return ['Ingress'];
}

/** "If this field is empty or missing, this rule matches all sources." */
function peersMatch(
  peers: readonly NetworkPolicyPeer[] | undefined,
  policy: NetworkPolicy,
  end: ConcretePod | ConcreteAddress,
): boolean {
  if (peers === undefined || peers.length === 0) return true;
  for (const peer of peers) if (peerMatches(peer, policy, end)) return true;
  return false;
}

function peerMatches(peer: NetworkPolicyPeer, policy: NetworkPolicy, end: ConcretePod | ConcreteAddress): boolean {
  if (peer.ipBlock) return end.kind === 'address' && inBlock(peer.ipBlock, end.address);
  if (end.kind === 'address' || end.hostNetwork) return false;
  if (peer.namespaceSelector && peer.podSelector) {
    return matches(peer.namespaceSelector, end.namespace.labels) && matches(peer.podSelector, end.labels);
  }
  if (peer.namespaceSelector) return matches(peer.namespaceSelector, end.namespace.labels);
  if (peer.podSelector) return end.namespace.name === namespaceOf(policy) && matches(peer.podSelector, end.labels);
  return false;
}

/** "except is a slice of CIDRs that should not be included within an IPBlock." */
export const inBlock = ({ cidr, except = [] }: IPBlock, address: string): boolean =>
  contains(cidr, address) && !except.some((hole) => contains(hole, address));

function contains(cidr: string, address: string): boolean {
  const [network = '', prefix] = cidr.split('/');
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  if ((family === 'ipv6') !== isIPv6(address)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family);
  return list.check(address, family);
}

/** "If this field is empty or missing, this rule matches all ports." */
function portsMatch(ports: readonly NetworkPolicyPort[] | undefined, connection: Connection): boolean {
  if (ports === undefined || ports.length === 0) return true;
  for (const port of ports) if (portMatches(port, connection)) return true;
  return false;
}

function portMatches(entry: NetworkPolicyPort, { to, protocol, port }: Connection): boolean {
  if ((entry.protocol ?? 'TCP') !== protocol) return false;
  if (entry.port === undefined) return true;
  if (typeof entry.port === 'string') return to.kind === 'pod' && isCalled(to, entry.port, protocol, port);
  if (entry.endPort === undefined) return port === entry.port;
  return port >= entry.port && port <= entry.endPort;
}

/** Whether a pod has a container port of that name, protocol and number. */
export const isCalled = (pod: ConcretePod, name: string, protocol: string, port: number): boolean =>
  pod.ports.some(
    (listening) =>
      listening.name === name && (listening.protocol ?? 'TCP') === protocol && listening.containerPort === port,
  );

/** "The result of matchLabels and matchExpressions are ANDed. An empty label selector matches all objects." */
export function matches(selector: LabelSelector | undefined, labels: Labels): boolean {
  for (const [key, value] of Object.entries(selector?.matchLabels ?? {})) if (labels[key] !== value) return false;
  for (const { key, operator, values } of selector?.matchExpressions ?? []) {
    const has = key in labels;
    const isListed = has && (values ?? []).includes(String(labels[key]));
    if (operator === 'In' && !isListed) return false;
    if (operator === 'NotIn' && isListed) return false;
    if (operator === 'Exists' && !has) return false;
    if (operator === 'DoesNotExist' && has) return false;
  }
  return true;
}

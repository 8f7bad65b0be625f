import { k8s } from 'cdk8s-plus-28';
import type { Peer, Talk } from '../../tools/render/inventory';
import type { Environment } from '../environments/schema';
import type { Call, Entrance, Site, Workload } from '../environments/workload';
import { policyLabels } from './naming';

/** Where kubeadm, kops and kind run CoreDNS. */
const DNS: Peer = { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } };

/** Every talk of an environment: the charts' calls, the entrances, and DNS for whoever calls by name. */
export function talksOf(environment: Environment, workloads: readonly Workload[]): Talk[] {
  return workloads.flatMap((workload) => [
    ...workload.calls.map((call) => callOf(environment, workload, call)),
    ...(workload.calls.some((call) => 'to' in call) ? [dnsOf(workload)] : []),
    ...workload.entrances.flatMap((entrance) => entranceOf(environment, workload, entrance)),
  ]);
}

/** The policy of one workload: the ends of its talks, both directions closed otherwise. */
export function renderPolicy(
  { environment, chart, incoming, outgoing }: Site,
  name: string,
  labels: Record<string, string>,
): void {
  new k8s.KubeNetworkPolicy(chart, 'policy', {
    metadata: { name, namespace: environment.namespace, labels },
    spec: {
      podSelector: { matchLabels: policyLabels(name) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: incoming.map(
        (talk): k8s.NetworkPolicyIngressRule => ({ from: selectors(talk.from), ports: ports(talk) }),
      ),
      egress: outgoing.map((talk): k8s.NetworkPolicyEgressRule => ({ to: selectors(talk.to), ports: ports(talk) })),
    },
  });
}

/** What holds for a pod that no talk names: it hears nobody and reaches nobody. */
export const denyAll: k8s.NetworkPolicySpec = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };

function callOf({ cluster }: Environment, workload: Workload, call: Call): Talk {
  const from = { workload: workload.name };
  if ('to' in call) return { from, to: { workload: call.to }, port: call.port, protocols: ['TCP'] };
  if ('toNetwork' in call) return { from, to: { networks: [call.toNetwork] }, port: call.port, protocols: ['TCP'] };
  return { from, to: { networks: cluster.cidrs.api }, port: cluster.apiEndpoint.port, protocols: ['TCP'] };
}

const dnsOf = ({ name }: Workload): Talk => ({
  from: { workload: name },
  to: DNS,
  port: 53,
  protocols: ['UDP', 'TCP'],
});

function entranceOf({ cluster, clients }: Environment, { name }: Workload, { from, port }: Entrance): Talk[] {
  const talk = (peer: Peer): Talk => ({ from: peer, to: { workload: name }, port, protocols: ['TCP'] });
  switch (from) {
    case 'clients':
      // kube-proxy puts a node's address in place of the client's when the pod runs on another node.
      return [talk({ networks: [...new Set([...clients, ...cluster.cidrs.nodes, ...cluster.cidrs.snat])] })];
    case 'ingress controller':
      return cluster.ingressController ? [talk(podsOf(cluster.ingressController))] : [];
    case 'monitoring':
      return cluster.monitoring ? [talk(podsOf(cluster.monitoring))] : [];
  }
}

const podsOf = ({ namespace, podLabels }: Extract<Peer, { namespace: string }>): Peer => ({ namespace, podLabels });

function selectors(peer: Peer): k8s.NetworkPolicyPeer[] {
  if ('workload' in peer) return [{ podSelector: { matchLabels: policyLabels(peer.workload) } }];
  if ('networks' in peer)
    return peer.networks.map((network): k8s.NetworkPolicyPeer => ({ ipBlock: { cidr: network } }));
  return [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': peer.namespace } },
      podSelector: { matchLabels: { ...peer.podLabels } },
    },
  ];
}

const ports = ({ port, protocols }: Talk): k8s.NetworkPolicyPort[] =>
  protocols.map((protocol): k8s.NetworkPolicyPort => ({ protocol, port: k8s.IntOrString.fromNumber(port) }));

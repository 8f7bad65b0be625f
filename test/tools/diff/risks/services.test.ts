import { add, drop, set } from '../edits';
import { type Case, expected, judgement } from '../world';

const SERVICES: readonly Case[] = [
  [
    'a port of every node',
    'Service/inside',
    set('spec.type', 'NodePort'),
    'spec.type',
    'access: reached from outside the cluster: NodePort',
  ],
  [
    'no way from outside',
    'Service/outside',
    set('spec.type', 'ClusterIP'),
    'spec.type',
    'restarts: who called it from outside the cluster no longer reaches it',
  ],
  [
    'an address outside',
    'Service/inside',
    set('spec.externalIPs', ['192.0.2.7']),
    'spec.externalIPs',
    'access: answers on addresses outside the cluster: 192.0.2.7',
  ],
  [
    'everybody',
    'Service/outside',
    drop('spec.loadBalancerSourceRanges'),
    'spec.loadBalancerSourceRanges',
    'access: its load balancer admits everybody',
  ],
  [
    'more addresses',
    'Service/outside',
    set('spec.loadBalancerSourceRanges', ['192.0.0.0/16']),
    'spec.loadBalancerSourceRanges[0]',
    'access: its load balancer admits 192.0.0.0/16',
  ],
  [
    'some of the addresses of one of two networks',
    'Service/outside',
    set('spec.loadBalancerSourceRanges', ['192.0.2.0/25']),
    'spec.loadBalancerSourceRanges[1]',
    'safe: holds for new connections',
    set('spec.loadBalancerSourceRanges', ['198.51.100.0/24', '192.0.2.0/24']),
  ],
  [
    'fewer addresses',
    'Service/outside',
    set('spec.loadBalancerSourceRanges', ['192.0.2.0/25']),
    'spec.loadBalancerSourceRanges[0]',
    'safe: holds for new connections',
  ],
  [
    'callers from an outside balancer',
    'Service/outside',
    set('metadata.annotations', {}),
    'metadata.annotations["service.beta.kubernetes.io/aws-load-balancer-scheme"]',
    'access: its controller may admit others, or ask them for less',
  ],
  [
    'callers without their address',
    'Service/outside',
    drop('spec.externalTrafficPolicy'),
    'spec.externalTrafficPolicy',
    'access: callers come with a node’s address: rules for addresses no longer tell them apart',
    undefined,
  ],
  [
    'other pods, from outside',
    'Service/outside',
    set('spec.selector.app', 'store'),
    'spec.selector.app',
    'access: callers from outside the cluster reach other pods',
  ],
  [
    'other pods',
    'Service/inside',
    set('spec.selector.app', 'store'),
    'spec.selector.app',
    'restarts: its callers reach other pods, or none',
  ],
  [
    'a port more, from outside',
    'Service/outside',
    add('spec.ports', { name: 'more', port: 81 }),
    'spec.ports[81]',
    'access: opens another port to outside the cluster',
  ],
  [
    'a port more',
    'Service/inside',
    add('spec.ports', { name: 'more', port: 81 }),
    'spec.ports[81]',
    'safe: holds for new connections',
  ],
  [
    'another port behind it',
    'Service/inside',
    set('spec.ports.0.targetPort', 'metrics'),
    'spec.ports[80].targetPort',
    'restarts: who calls the old port, or expects what answered there, is cut off',
  ],
  [
    'another port of nodes',
    'Service/outside',
    set('spec.ports.0.nodePort', 30081),
    'spec.ports[80].nodePort',
    'restarts: who calls the old port, or expects what answered there, is cut off',
  ],
  [
    'no affinity',
    'Service/inside',
    set('spec.sessionAffinity', 'None'),
    'spec.sessionAffinity',
    'restarts: clients are sent to another pod than the one that knows them',
  ],
  [
    'pods of the caller’s node alone',
    'Service/inside',
    set('spec.internalTrafficPolicy', 'Local'),
    'spec.internalTrafficPolicy',
    'restarts: callers on nodes without a pod of it find nobody',
  ],
  [
    'another host',
    'Service/elsewhere',
    set('spec.externalName', 'b.example.com'),
    'spec.externalName',
    'access: callers of its name are sent to another host',
  ],
  [
    'other addresses',
    'EndpointSlice/outside',
    set('endpoints.0.addresses', ['192.0.2.10']),
    'endpoints[0].addresses[0]',
    'access: callers of its Service are sent to other addresses',
  ],
];

describe('a Service', () => {
  it.each(SERVICES.map((entry) => [entry[0], entry] as const))('is judged: %s', (_, entry) => {
    expect(judgement(entry)).toEqual(expected(entry));
  });
});

import type { ServiceSpec } from 'kubernetes-types/core/v1';
import { valueAt } from '../../manifests/pods';
import { holdsNetwork } from '../networks';
import type { Rule } from '../rules';
import type { Subject, Verdict } from '../subject';

/** How far a Service's type reaches: the cluster, its nodes' addresses, an address of its own. */
const REACH: Readonly<Record<string, number>> = { ExternalName: 0, ClusterIP: 0, NodePort: 1, LoadBalancer: 2 };

const reachOf = (service: unknown): number => REACH[String(valueAt(service, ['spec', 'type']) ?? 'ClusterIP')] ?? 0;

const isExposed = ({ after }: Subject): boolean =>
  reachOf(after) > 0 || ((valueAt(after, ['spec', 'externalIPs']) ?? []) as unknown[]).length > 0;

/** What a Service is reached from. */
export function* services(subject: Subject): Generator<Verdict> {
  const { kind, before, after } = subject;
  if (kind !== 'Service' || !after) return;
  const { type, externalIPs = [], loadBalancerSourceRanges = [] }: ServiceSpec = valueAt(after, ['spec']) ?? {};
  const old: ServiceSpec = valueAt(before, ['spec']) ?? {};
  const at = (field: string) => (before ? { at: ['spec', field] } : {});
  if (reachOf(after) > reachOf(before))
    yield { risk: 'access', why: `reached from outside the cluster: ${type}`, ...at('type') };
  if (reachOf(after) < reachOf(before))
    yield {
      risk: 'restarts',
      why: 'who called it from outside the cluster no longer reaches it',
      at: ['spec', 'type'],
    };
  const addresses = externalIPs.filter((address) => !old.externalIPs?.includes(address));
  if (addresses.length > 0)
    yield {
      risk: 'access',
      why: `answers on addresses outside the cluster: ${addresses.join(', ')}`,
      ...at('externalIPs'),
    };
  const had = old.loadBalancerSourceRanges ?? [];
  const opened = loadBalancerSourceRanges.filter((range) => !had.some((known) => holdsNetwork(known, range)));
  if (had.length > 0 && (loadBalancerSourceRanges.length === 0 || opened.length > 0))
    yield {
      risk: 'access',
      why: `its load balancer admits ${opened.join(', ') || 'everybody'}`,
      at: ['spec', 'loadBalancerSourceRanges'],
    };
}

/** Where callers of a Service are sent. */
export const SERVICE_RULES: readonly Rule[] = [
  {
    kinds: ['Service'],
    fields: 'spec.externalName',
    when: ({ after }) => after !== undefined,
    risk: 'access',
    why: 'callers of its name are sent to another host',
  },
  {
    kinds: ['Service'],
    fields: 'spec.selector.**',
    when: (_, subject) => isExposed(subject),
    risk: 'access',
    why: 'callers from outside the cluster reach other pods',
  },
  {
    kinds: ['Service'],
    fields: 'spec.selector.**',
    risk: 'restarts',
    why: 'its callers reach other pods, or none',
  },
  {
    kinds: ['Service'],
    fields: 'spec.ports[].port',
    when: ({ before }, subject) => before === undefined && isExposed(subject),
    risk: 'access',
    why: 'opens another port to outside the cluster',
  },
  {
    kinds: ['Service'],
    fields: 'spec.ports[].*',
    when: ({ steps, before }) =>
      before !== undefined && ['port', 'nodePort', 'targetPort'].includes(String(steps.at(-1))),
    risk: 'restarts',
    why: 'who calls the old port, or expects what answered there, is cut off',
  },
  {
    kinds: ['Service'],
    fields: 'spec.sessionAffinity',
    risk: 'restarts',
    why: 'clients are sent to another pod than the one that knows them',
  },
  {
    kinds: ['Service'],
    fields: 'spec.internalTrafficPolicy',
    when: ({ after }) => after === 'Local',
    risk: 'restarts',
    why: 'callers on nodes without a pod of it find nobody',
  },
  {
    kinds: ['Service'],
    fields: 'spec.externalTrafficPolicy',
    when: ({ after }) => after !== 'Local',
    risk: 'access',
    why: 'callers come with a node’s address: rules for addresses no longer tell them apart',
  },
  {
    kinds: ['EndpointSlice'],
    fields: 'endpoints[].**',
    when: ({ after }) => after !== undefined,
    risk: 'access',
    why: 'callers of its Service are sent to other addresses',
  },
];

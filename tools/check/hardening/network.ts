import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { NetworkPolicyPeer } from 'kubernetes-types/networking/v1';
import { namespaceOf, type Typed } from '../../manifests/kinds';
import { selects } from '../../manifests/selectors';
import type { Check } from '../check';
import { chosenBy } from './chosen-by';

/** Shorter prefixes hold more than any private network: 10.0.0.0/8 and fd00::/8 are the largest. */
const SHORTEST_PREFIX = 8;

/** What a list of peers opens that is nearly everything; undefined where it is narrower. No peer at all is everything. */
function everywhere(peers: readonly NetworkPolicyPeer[] = []): string | undefined {
  if (peers.length === 0) return 'every address and every pod';
  const cidr = peers.find(({ ipBlock }) => ipBlock && Number(ipBlock.cidr.split('/')[1]) < SHORTEST_PREFIX)?.ipBlock
    ?.cidr;
  if (cidr !== undefined) return cidr;
  const pods = peers.some(
    ({ namespaceSelector, podSelector }) => isEmpty(namespaceSelector) && isEmpty(podSelector ?? {}),
  );
  return pods ? 'every pod of every namespace' : undefined;
}

const isEmpty = (selector: LabelSelector | undefined): boolean =>
  selector !== undefined &&
  Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions ?? []).length === 0;

export const egress: Check = {
  id: 'hardening/egress',
  what: 'No NetworkPolicy lets pods out to everywhere: a rule without `to`, a CIDR with a prefix shorter than /8 (with `except` or not), or every pod of every namespace.',
  why: 'A way out to everywhere is how data leaves and how tools come in; it makes every other egress rule of that policy pointless.',
  exempt: 'Pods that call arbitrary hosts (a crawler, a webhook sender); say why no proxy stands between.',
  judge: ({ set, report }) => {
    for (const policy of set.all('NetworkPolicy')) {
      for (const [index, { to }] of (policy.spec?.egress ?? []).entries()) {
        const open = everywhere(to);
        if (open === undefined) continue;
        report(
          policy,
          ['spec', 'egress', index, 'to'],
          `opens ${open}`,
          'the pods, or the networks of at least /8, that are called',
        );
      }
    }
  },
};

const EXPOSED = ['NodePort', 'LoadBalancer'];

export const ingress: Check = {
  id: 'hardening/ingress',
  what: 'Only pods behind a Service of type NodePort or LoadBalancer are open to everywhere.',
  why: 'A rule without `from` lets in every pod of the cluster and, where the network is flat, everybody beyond; nothing declares that this was meant.',
  exempt: 'Pods that are reached from outside by other means (host network, a mesh gateway); say by which.',
  judge: ({ set, report }) => {
    const exposing = chosenBy(set.all('Service'), ({ spec }) =>
      spec?.selector && EXPOSED.some((type) => type === spec.type) ? { matchLabels: spec.selector } : undefined,
    );
    const exposed = set.pods.filter((pod) => exposing(pod).length > 0);
    const isExposed = (policy: Typed<'NetworkPolicy'>) =>
      exposed.some(
        ({ namespace, labels }) => namespace === namespaceOf(policy) && selects(policy.spec?.podSelector ?? {}, labels),
      );
    for (const policy of set.all('NetworkPolicy')) {
      for (const [index, { from }] of (policy.spec?.ingress ?? []).entries()) {
        const open = everywhere(from);
        if (open === undefined || isExposed(policy)) continue;
        report(
          policy,
          ['spec', 'ingress', index, 'from'],
          `opens to ${open}`,
          'the pods or networks that call, or a Service that exposes the pods',
        );
      }
    }
  },
};

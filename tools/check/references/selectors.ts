import type { LabelSelector } from 'kubernetes-types/meta/v1';
import { namespaceOf, type Typed } from '../../manifests/kinds';
import { type PodTemplate, valueAt } from '../../manifests/pods';
import { type Labels, selects, showSelector } from '../../manifests/selectors';
import type { Path } from '../../manifests/yaml';
import type { Check } from '../check';
import { labelsOf, miss } from './selected';

export const serviceSelectsPods: Check = {
  id: 'references/service-pods',
  what: 'Every Service with a selector chooses at least one pod.',
  why: 'A label that drifted leaves a Service without endpoints; nothing else in the cluster reports it.',
  exempt: "Pods that get the label at run time (Patroni's leader); the reason says who sets it.",
  judge: ({ set, report }) => {
    for (const service of set.all('Service')) {
      const matchLabels = selectorOfService(service);
      if (!matchLabels) continue;
      const missed = miss(set, namespaceOf(service), { matchLabels });
      if (missed) report(service, ['spec', 'selector'], ...missed);
    }
  },
};

/** How a Service knows its pods; undefined where others say what its endpoints are, or it is only a name in DNS. */
export function selectorOfService({ spec }: Typed<'Service'>): Labels | undefined {
  const { selector = {}, type } = spec ?? {};
  return type === 'ExternalName' || Object.keys(selector).length === 0 ? undefined : selector;
}

export const budgetSelectsPods: Check = {
  id: 'references/budget-pods',
  what: 'Every PodDisruptionBudget chooses at least one pod, and no pod has two.',
  why: 'A budget that chooses nothing protects nothing; two of one pod make every eviction fail.',
  exempt: 'Pods that an operator makes, which the reason names.',
  judge: ({ set, report }) => {
    const budgets = new Map<PodTemplate, string>();
    for (const budget of set.all('PodDisruptionBudget')) {
      const selector = budget.spec?.selector;
      if (!selector) {
        report(budget, ['spec', 'selector'], 'is missing: it selects no pod', 'labels that a pod there carries');
        continue;
      }
      const missed = miss(set, namespaceOf(budget), selector);
      if (missed) report(budget, ['spec', 'selector'], ...missed);
      for (const pod of set.podsChosen(namespaceOf(budget), selector)) {
        const other = budgets.get(pod);
        if (other !== undefined) {
          const wrong = `selects pods of ${pod.owner.metadata.name}, which ${other} selects too`;
          report(budget, ['spec', 'selector'], wrong, 'one budget a pod');
        }
        budgets.set(pod, budget.metadata.name);
      }
    }
  },
};

export const policySelectsPods: Check = {
  id: 'references/policy-pods',
  what: "Every NetworkPolicy chooses a pod, and so does every peer among its own namespace's pods.",
  why: 'A policy on labels that nobody carries looks like a wall and is none; a peer of such labels is a door painted on it.',
  exempt: 'Pods that something else makes in this namespace; the reason says what.',
  judge: ({ set, report }) => {
    for (const policy of set.all('NetworkPolicy')) {
      const hold = (selector: LabelSelector, path: Path) => {
        // Empty means every pod there will ever be, so there is nothing to miss.
        const missed = isEmpty(selector) ? undefined : miss(set, namespaceOf(policy), selector);
        if (missed) report(policy, path, ...missed);
      };
      hold(policy.spec?.podSelector ?? {}, ['spec', 'podSelector']);
      for (const [index, { from = [] }] of (policy.spec?.ingress ?? []).entries()) {
        for (const { selector, path } of ownPods(from)) hold(selector, ['spec', 'ingress', index, 'from', ...path]);
      }
      for (const [index, { to = [] }] of (policy.spec?.egress ?? []).entries()) {
        for (const { selector, path } of ownPods(to)) hold(selector, ['spec', 'egress', index, 'to', ...path]);
      }
    }
  },
};

type Peers = readonly { readonly podSelector?: LabelSelector; readonly namespaceSelector?: LabelSelector }[];

/** Selectors of peers that mean pods of the policy's own namespace. */
const ownPods = (peers: Peers): { readonly selector: LabelSelector; readonly path: Path }[] =>
  peers.flatMap(({ podSelector, namespaceSelector }, index) =>
    podSelector && !namespaceSelector ? [{ selector: podSelector, path: [index, 'podSelector'] }] : [],
  );

const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;

export const ownSelector: Check = {
  id: 'references/own-selector',
  what: 'A controller chooses the pods of its own template, and no pods of another.',
  why: 'The API server refuses the first; with the second, controllers, autoscalers and budgets count pods that are not theirs.',
  exempt: 'Never.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      const selector = selectorOf(pod);
      if (!selector) continue;
      if (!selects(selector, pod.labels)) {
        const wrong = `${showSelector(selector)} does not choose the pods of its own template`;
        report(pod.owner, ['spec', 'selector'], wrong, labelsOf(pod.labels));
      }
      for (const { owner } of set.podsChosen(pod.namespace, selector)) {
        if (owner === pod.owner) continue;
        const wrong = `chooses the pods of ${owner.kind} ${owner.metadata.name} too`;
        report(pod.owner, ['spec', 'selector'], wrong, 'labels that only its own pods carry');
      }
    }
  },
};

/** How a controller knows its pods. A Job's selector is made by its controller, whatever it says. */
function selectorOf({ owner }: PodTemplate): LabelSelector | undefined {
  if (owner.kind === 'Job') return undefined;
  const given = valueAt(owner, ['spec', 'selector']) as LabelSelector | undefined;
  return owner.kind === 'ReplicationController' && given ? { matchLabels: given as Labels } : given;
}

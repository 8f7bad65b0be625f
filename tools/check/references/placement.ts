import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { PodTemplate } from '../../manifests/pods';
import { selects, showSelector } from '../../manifests/selectors';
import type { Path } from '../../manifests/yaml';
import type { Check } from '../check';
import { labelsOf, miss } from './selected';

export const spreadCountsOwnPods: Check = {
  id: 'references/spread-pods',
  what: 'A topology spread constraint counts the pods that it spreads.',
  why: 'Over other pods, or none, the skew is always nought: every replica may land on one node, and nobody is told.',
  exempt: 'Two workloads that are to be spread together; the reason names the other.',
  judge: ({ set, report }) => {
    for (const { owner, path, spec, labels } of set.pods) {
      for (const [index, { labelSelector }] of (spec.topologySpreadConstraints ?? []).entries()) {
        if (labelSelector && selects(labelSelector, labels)) continue;
        const at = [...path, 'spec', 'topologySpreadConstraints', index, 'labelSelector'];
        const wrong = labelSelector
          ? `${showSelector(labelSelector)} does not choose its own pods`
          : 'is missing: it counts no pod';
        report(owner, at, wrong, labelsOf(labels));
      }
    }
  },
};

export const affinitySelectsPods: Check = {
  id: 'references/affinity-pods',
  what: 'Affinity and anti-affinity choose pods by labels that pods carry.',
  why: 'Anti-affinity to nobody keeps nothing apart; required affinity to nobody keeps the pod pending.',
  exempt: 'Pods of another release; the reason names it.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const { selector, path } of affinityTerms(pod)) {
        const missed = miss(set, pod.namespace, selector);
        if (missed) report(pod.owner, path, ...missed);
      }
    }
  },
};

interface Term {
  readonly selector: LabelSelector;
  readonly path: Path;
}

/** Terms about pods of the own namespace, required and preferred; those of other namespaces are not to be known. */
function* affinityTerms({ spec, path }: PodTemplate): Generator<Term> {
  const [required, preferred] = [
    'requiredDuringSchedulingIgnoredDuringExecution',
    'preferredDuringSchedulingIgnoredDuringExecution',
  ] as const;
  for (const side of ['podAffinity', 'podAntiAffinity'] as const) {
    const at: Path = [...path, 'spec', 'affinity', side];
    const terms = [
      ...(spec.affinity?.[side]?.[required] ?? []).map((term, index) => ({ term, path: [...at, required, index] })),
      ...(spec.affinity?.[side]?.[preferred] ?? []).map(({ podAffinityTerm: term }, index) => ({
        term,
        path: [...at, preferred, index, 'podAffinityTerm'],
      })),
    ];
    for (const { term, path } of terms) {
      if (!term.labelSelector || term.namespaces || term.namespaceSelector) continue;
      yield { selector: term.labelSelector, path: [...path, 'labelSelector'] };
    }
  }
}

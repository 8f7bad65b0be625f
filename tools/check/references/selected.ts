import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { ManifestSet } from '../../manifests/manifest-set';
import { type Labels, pairsOf, showSelector } from '../../manifests/selectors';
import { closestName } from '../../parse/parse';

/** Labels that Kubernetes' own controllers put on pods; no template carries them. */
const AT_RUN_TIME = [
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'controller-uid',
  'job-name',
  'pod-template-hash',
  'statefulset.kubernetes.io/pod-name',
];

/** Among more labels than that a guess takes longer than it helps. */
const MOST = 500;

/** Why a selector that chooses nothing is wrong, and what would be right; undefined where it chooses a pod. */
export function miss(
  set: ManifestSet,
  namespace: string,
  selector: LabelSelector,
): readonly [wrong: string, right: string] | undefined {
  if (set.podsChosen(namespace, ofTemplates(selector)).length > 0) return undefined;
  const carried = set.labelsIn(namespace);
  const missing =
    carried.length > MOST ? [] : pairsOf(selector.matchLabels ?? {}).filter((pair) => !carried.includes(pair));
  const near = missing.flatMap((pair) => closestName(pair, carried) ?? []);
  return [
    `${showSelector(selector)} selects no pod`,
    `labels that a pod there carries${near.length > 0 ? `; nearest: ${near.join(',')}` : ''}`,
  ];
}

/** What templates can answer of a selector. */
function ofTemplates({ matchLabels = {}, matchExpressions = [] }: LabelSelector): LabelSelector {
  return {
    matchLabels: Object.fromEntries(Object.entries(matchLabels).filter(([key]) => !AT_RUN_TIME.includes(key))),
    matchExpressions: matchExpressions.filter(({ key }) => !AT_RUN_TIME.includes(key)),
  };
}

/** The labels of a pod as what a selector should have said. */
export const labelsOf = (labels: Labels): string =>
  Object.keys(labels).length === 0 ? 'labels on its pods: they have none' : showSelector({ matchLabels: labels });

import type { LabelSelector } from 'kubernetes-types/meta/v1';
import type { ManifestSet } from '../../manifests/manifest-set';
import { type Labels, showSelector } from '../../manifests/selectors';
import { closestName } from '../../parse/parse';

/** Why a selector that chooses nothing is wrong, and what would be right; undefined where it chooses a pod. */
export function miss(
  set: ManifestSet,
  namespace: string,
  selector: LabelSelector,
): readonly [wrong: string, right: string] | undefined {
  if (set.podsChosen(namespace, selector).length > 0) return undefined;
  const carried = [...new Set(set.podsChosen(namespace, {}).flatMap(({ labels }) => pairs(labels)))];
  const missing = pairs(selector.matchLabels ?? {}).filter((pair) => !carried.includes(pair));
  const near = missing.flatMap((pair) => closestName(pair, carried) ?? []);
  return [
    `${showSelector(selector)} selects no pod`,
    `labels that a pod there carries${near.length > 0 ? `; nearest: ${near.join(',')}` : ''}`,
  ];
}

const pairs = (labels: Labels): string[] => Object.entries(labels).map(([key, value]) => `${key}=${value}`);

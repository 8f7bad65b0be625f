import type { LabelSelector, LabelSelectorRequirement } from 'kubernetes-types/meta/v1';
import { compareText } from '../../render/order';

/**
 * A selector in one form only, so that equal selectors are equal as JSON and as text: keys and values sorted, empty parts
 * left out. What is empty or missing chooses everything, as `podSelector` of a policy's spec does.
 */
export function canonical(selector: LabelSelector | null | undefined): LabelSelector {
  const pairs = Object.entries(selector?.matchLabels ?? {});
  const expressions = (selector?.matchExpressions ?? []).map(canonicalRequirement);
  return {
    ...(pairs.length > 0 && { matchLabels: Object.fromEntries(pairs.sort(([a], [b]) => compareText(a, b))) }),
    ...(expressions.length > 0 && { matchExpressions: expressions.sort((a, b) => compareText(textOf(a), textOf(b))) }),
  };
}

const canonicalRequirement = ({ key, operator, values }: LabelSelectorRequirement): LabelSelectorRequirement => ({
  key,
  operator,
  ...(values && values.length > 0 && { values: [...new Set(values)].sort(compareText) }),
});

const textOf = (requirement: LabelSelectorRequirement): string => JSON.stringify(requirement);

/** Whether a canonical selector chooses everything. */
export const choosesAll = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  matchLabels === undefined && matchExpressions === undefined;

import type { LabelSelector } from 'kubernetes-types/meta/v1';

export type Labels = Readonly<Record<string, string>>;

/** Labels as `key=value`, each. */
export const pairsOf = (labels: Labels): string[] => Object.entries(labels).map(([key, value]) => `${key}=${value}`);

/** Whether labels carry every pair: how a Service and a node selector choose. No pair chooses everything. */
export const carries = (labels: Labels, pairs: Labels): boolean =>
  Object.entries(pairs).every(([key, value]) => labels[key] === value);

/**
 * Whether a label selector chooses labels. An empty selector chooses everything; what a missing one means is the
 * field's own rule, so the caller decides.
 */
export function selects({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    carries(labels, matchLabels) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    })
  );
}

/** A selector as people write it on a command line: `app=chat,tier in (a, b)`; `(everything)` where it is empty. */
export function showSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const expressions = matchExpressions.map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator.toLowerCase()} (${values.join(', ')})`;
  });
  return [...pairsOf(matchLabels), ...expressions].join(',') || '(everything)';
}

import { showPath } from '../manifests/yaml';

/** An entry of a list, by what tells it from its neighbours: its name, its port, its mount path. */
export interface NamedEntry {
  readonly entry: string;
}

/** Keys of objects, entries of lists that have a name, and positions of those that have none. */
export type Step = string | number | NamedEntry;

/** Where a field stands in both versions of an object: inserting an entry before it does not move it. */
export type Steps = readonly Step[];

/** Steps as people write them: `spec.template.spec.containers[chat].env[LOG_LEVEL].value`. */
export const showSteps = (steps: Steps): string =>
  steps
    .map((step, index) => {
      if (typeof step === 'object') return `[${step.entry}]`;
      // A key is shown by its neighbour's rules: as the second of two, with the dot before it.
      return index === 0 ? showPath([step]) : showPath(['x', step]).slice(1);
    })
    .join('');

const sameStep = (one: Step, other: Step): boolean =>
  typeof one === 'object' ? typeof other === 'object' && one.entry === other.entry : one === other;

/** Whether a field is another one or stands below it. */
export const isWithin = (steps: Steps, outer: Steps): boolean =>
  outer.length <= steps.length && outer.every((step, index) => sameStep(step, steps[index] ?? ''));

/** Whether one of two fields holds the other. */
export const touches = (one: Steps, other: Steps): boolean => isWithin(one, other) || isWithin(other, one);

/**
 * Fields that a rule is about: `spec.ports[].nodePort`. `[]` is any entry of a list, `*` any key, `**` anything below,
 * or nothing.
 */
export type Pattern = readonly string[];

export const pattern = (text: string): Pattern => text.replaceAll('[]', '.[]').split('.');

export function matches(steps: Steps, wanted: Pattern): boolean {
  const [first, ...rest] = wanted;
  if (first === undefined) return steps.length === 0;
  if (first === '**') return matches(steps, rest) || (steps.length > 0 && matches(steps.slice(1), wanted));
  const [step, ...below] = steps;
  if (step === undefined) return false;
  const fits = typeof step === 'string' ? first === step || first === '*' : first === '[]';
  return fits && matches(below, rest);
}

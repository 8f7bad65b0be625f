import type { LabelSelector } from 'kubernetes-types/meta/v1';
import { namespaceOf } from '../../manifests/kinds';
import type { PodTemplate } from '../../manifests/pods';
import { selects } from '../../manifests/selectors';
import type { Manifest } from '../../render/order';

/**
 * Answers which objects choose a pod of their namespace.
 * Objects are found by one pair of their selector, so that a thousand Services and a thousand pods are not a million questions.
 * @param selectorOf undefined for an object that chooses nothing.
 */
export function chosenBy<T extends Manifest>(
  objects: readonly T[],
  selectorOf: (object: T) => LabelSelector | undefined,
): (pod: PodTemplate) => readonly T[] {
  const byPair = new Map<string, { object: T; selector: LabelSelector }[]>();
  for (const object of objects) {
    const selector = selectorOf(object);
    if (!selector) continue;
    const key = keyOf(namespaceOf(object), Object.entries(selector.matchLabels ?? {})[0]);
    const known = byPair.get(key);
    if (known) known.push({ object, selector });
    else byPair.set(key, [{ object, selector }]);
  }
  return ({ namespace, labels }) =>
    [undefined, ...Object.entries(labels)]
      .flatMap((pair) => byPair.get(keyOf(namespace, pair)) ?? [])
      .filter(({ selector }) => selects(selector, labels))
      .map(({ object }) => object);
}

const keyOf = (namespace: string, pair: readonly [string, string] | undefined): string =>
  [namespace, ...(pair ?? [])].join('\n');

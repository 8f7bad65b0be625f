import { GROUPS, groupOf, type Kind } from '../../manifests/kinds';
import { valueAt } from '../../manifests/pods';
import type { Path } from '../../manifests/yaml';
import type { Manifest } from '../../render/order';

/** A value of an object that has no fields of its own. */
export interface Leaf {
  readonly path: Path;
  readonly value: unknown;
}

/** Fields whose keys and values are their author's own words. */
const OWN_WORDS = [
  'annotations',
  'binaryData',
  'data',
  'labels',
  'matchLabels',
  'nodeSelector',
  'parameters',
  'stringData',
  'volumeAttributes',
];

/** Leaves of a built-in object; a custom resource is judged by its own schema alone. */
export function* leavesOf(object: Manifest): Generator<Leaf> {
  if (GROUPS[object.kind as Kind] === groupOf(object.apiVersion)) yield* below(object, []);
}

/** A selector is labels: a Service's plainly, a workload's but for its expressions. */
const isOwnWords = (key: string, field: unknown): boolean =>
  OWN_WORDS.includes(key) || (key === 'selector' && valueAt(field, ['matchExpressions']) === undefined);

function* below(value: unknown, path: Path): Generator<Leaf> {
  if (typeof value !== 'object' || value === null) {
    yield { path, value };
    return;
  }
  for (const [key, field] of Object.entries(value)) {
    if (!isOwnWords(key, field)) yield* below(field, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

/** The names at the end of a path, without indexes: `seccompProfile.type`. */
export const tail = (path: Path, length: number): string =>
  path
    .filter((step) => typeof step === 'string')
    .slice(-length)
    .join('.');

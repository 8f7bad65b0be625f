import { isRecord } from '../manifests/yaml';
import { amount } from '../parse/quantity';
import { compareText } from '../render/order';
import { byLabel } from './merge-keys';
import type { Step, Steps } from './steps';
import { canonical, own } from './values';

/** A field that differs. A missing side is `undefined`; a whole subtree that came or went is one change. */
export interface FieldChange {
  readonly steps: Steps;
  readonly before: unknown;
  readonly after: unknown;
  /** Both sides hold the same entries in another order. */
  readonly reordered?: true;
}

/** Whether the order of a list's entries means something. */
export type IsOrdered = (list: Steps) => boolean;

/** Fields that differ between two values, in the order of their keys. Quantities of one amount do not differ. */
export function* fieldChanges(
  before: unknown,
  after: unknown,
  isOrdered: IsOrdered,
  steps: Steps = [],
): Generator<FieldChange> {
  if (isRecord(before) && isRecord(after)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(compareText)) {
      yield* fieldChanges(own(before, key), own(after, key), isOrdered, [...steps, key]);
    }
  } else if (Array.isArray(before) && Array.isArray(after)) {
    yield* listChanges(before, after, isOrdered, steps);
  } else if (before !== after && !isSameAmount(before, after, steps)) {
    yield { steps, before, after };
  }
}

/** The smallest fields of a change: every rule can be about one of them, whatever came or went as a whole. */
export function* leavesOf(change: FieldChange): Generator<FieldChange> {
  const { steps, before, after, reordered } = change;
  const there = before === undefined ? after : after === undefined ? before : undefined;
  const leaf = (step: Step, value: unknown): FieldChange =>
    before === undefined
      ? { steps: [...steps, step], before, after: value }
      : { steps: [...steps, step], before: value, after };
  if (reordered || there === undefined || !isFull(there)) {
    yield change;
  } else if (isRecord(there)) {
    for (const [key, value] of Object.entries(there)) yield* leavesOf(leaf(key, value));
  } else if (Array.isArray(there)) {
    const labels = byLabel(nameOf(steps), there, there)?.[0];
    if (labels) for (const [entry, value] of labels) yield* leavesOf(leaf({ entry }, value));
    else for (const [index, value] of there.entries()) yield* leavesOf(leaf(index, value));
  }
}

const isFull = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/** The name of a list: the last key that leads to it. */
const nameOf = (steps: Steps): string => steps.filter((step) => typeof step === 'string').at(-1) ?? '';

function* listChanges(
  before: readonly unknown[],
  after: readonly unknown[],
  isOrdered: IsOrdered,
  steps: Steps,
): Generator<FieldChange> {
  const labels = byLabel(nameOf(steps), before, after);
  if (!labels) return yield* unlabelledChanges(before, after, isOrdered, steps);
  const [was, is] = labels;
  for (const entry of new Set([...was.keys(), ...is.keys()])) {
    yield* fieldChanges(was.get(entry), is.get(entry), isOrdered, [...steps, { entry }]);
  }
  const [old, now] = [[...was.keys()].filter((key) => is.has(key)), [...is.keys()].filter((key) => was.has(key))];
  if (isOrdered(steps) && old.some((key, index) => key !== now[index])) {
    yield { steps, before: old, after: now, reordered: true };
  }
}

/** Entries without a name are matched by their content; what is left over, by likeness. */
function* unlabelledChanges(
  before: readonly unknown[],
  after: readonly unknown[],
  isOrdered: IsOrdered,
  steps: Steps,
): Generator<FieldChange> {
  const [gone, come] = [leftOver(before, after), leftOver(after, before)];
  const partners = pairs(gone, come);
  for (const { index, value } of gone) {
    const partner = partners.get(index);
    if (partner) yield* fieldChanges(value, partner.value, isOrdered, [...steps, partner.index]);
    else yield { steps: [...steps, index], before: value, after: undefined };
  }
  const paired = new Set([...partners.values()].map(({ index }) => index));
  for (const { index, value } of come) {
    if (!paired.has(index)) yield { steps: [...steps, index], before: undefined, after: value };
  }
  const stays = (list: readonly unknown[], without: readonly Placed[]) =>
    list.filter((_, index) => !without.some((placed) => placed.index === index));
  const [old, now] = [stays(before, gone), stays(after, come)];
  if (isOrdered(steps) && old.some((value, index) => canonical(value) !== canonical(now[index]))) {
    yield { steps, before: old, after: now, reordered: true };
  }
}

interface Placed {
  readonly index: number;
  readonly value: unknown;
}

/** Entries of a list that another one does not hold, each as often as it is missing there. */
function leftOver(list: readonly unknown[], other: readonly unknown[]): readonly Placed[] {
  const counts = new Map<string, number>();
  for (const key of other.map(canonical)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return list.flatMap((value, index) => {
    const key = canonical(value);
    const count = counts.get(key) ?? 0;
    if (count > 0) counts.set(key, count - 1);
    return count > 0 ? [] : [{ index, value }];
  });
}

/** Comparing every entry with every other is for short lists; in longer ones, entries come and go whole. */
const MOST_COMPARED = 40;

/** Which entry became which: plain values one after another where as many came as went, objects by what they share. */
function pairs(gone: readonly Placed[], come: readonly Placed[]): ReadonlyMap<number, Placed> {
  const partners = new Map<number, Placed>();
  if (gone.length > MOST_COMPARED || come.length > MOST_COMPARED) return partners;
  const [first, opposite] = [gone[0], come[0]];
  // Where one entry went and one came, it is the same one.
  if (gone.length === 1 && come.length === 1 && first && opposite && isRecord(first.value) === isRecord(opposite.value))
    return new Map([[first.index, opposite]]);
  const free = new Set(come);
  for (const [position, { index, value }] of gone.entries()) {
    if (!isRecord(value)) {
      const opposite = come[position];
      if (gone.length === come.length && opposite && !isRecord(opposite.value)) partners.set(index, opposite);
      continue;
    }
    const [best] = [...free].sort((a, b) => likeness(value, b.value) - likeness(value, a.value));
    if (!best || likeness(value, best.value) < 0.5) continue;
    partners.set(index, best);
    free.delete(best);
  }
  return partners;
}

/** How much of two objects is equal, from 0 to 1. */
function likeness(one: unknown, other: unknown): number {
  if (!isRecord(one) || !isRecord(other)) return canonical(one) === canonical(other) ? 1 : 0;
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  if (keys.length === 0) return 1;
  return keys.reduce((sum, key) => sum + likeness(own(one, key), own(other, key)), 0) / keys.length;
}

/** Fields that hold a quantity, and fields whose fields do (`resource.Quantity` in Kubernetes' OpenAPI). */
const QUANTITIES = new Set(['sizeLimit', 'averageValue', 'divisor', 'storage']);
const OF_QUANTITIES = new Set(['requests', 'limits', 'hard', 'capacity', 'default', 'defaultRequest', 'max', 'min']);

/** `1000m` is `1`, and `1024Mi` is `1Gi`: the API server stores one spelling of both. */
function isSameAmount(before: unknown, after: unknown, steps: Steps): boolean {
  const [holder, field] = steps.slice(-2);
  const isQuantity = QUANTITIES.has(String(field ?? holder)) || OF_QUANTITIES.has(String(holder));
  if (!isQuantity || !isText(before) || !isText(after)) return false;
  const value = amount(before);
  return value !== undefined && value === amount(after);
}

const isText = (value: unknown): value is string | number => ['string', 'number'].includes(typeof value);

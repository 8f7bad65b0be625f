import { isDeepStrictEqual } from 'node:util';
import { type ImmutableChange, immutableChanges } from '../../manifests/immutable';
import { valueAt } from '../../manifests/pods';
import { isMissing } from '../../manifests/revision';
import { show } from '../../parse/parse';
import { identity } from '../../render/order';
import type { Check } from '../check';
import { dataIsKept } from './kept';

const immutableFields: Check = {
  id: 'immutability/fields',
  what: 'No field changes that the API server refuses to change, against the revision before.',
  why: 'The release stops half-way: what came before the refused object is applied, what comes after is not.',
  exempt: 'An object that somebody deletes by hand before the release; the reason says who and when.',
  judge: ({ set, base, report, cannotJudge }) => {
    if (isMissing(base)) {
      cannotJudge(base.missing);
      return;
    }
    const before = base.byIdentity();
    for (const object of set.objects) {
      const old = before.get(identity(object));
      if (!old) continue;
      for (const change of immutableChanges(old, object)) {
        const { path, before, after } = narrowed(change);
        // What a Secret holds is not for a log.
        const isSecret = object.kind === 'Secret' && path[0] !== 'type';
        const wrong = isSecret ? 'changed' : `changed from ${brief(before)} to ${brief(after)}`;
        report(object, path, wrong, `what it was: ${change.why}`);
      }
    }
  },
};

/** The one field below a fixed one that differs, so that a reader need not search for it; itself where several do. */
function narrowed({ path, before, after }: Omit<ImmutableChange, 'why'>): Omit<ImmutableChange, 'why'> {
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) {
    return { path, before, after };
  }
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const differing = keys.filter((key) => !isDeepStrictEqual(valueAt(before, [key]), valueAt(after, [key])));
  const [only = ''] = differing;
  if (differing.length !== 1) return { path, before, after };
  const step = Array.isArray(after) ? Number(only) : only;
  return narrowed({ path: [...path, step], before: valueAt(before, [step]), after: valueAt(after, [step]) });
}

/** A value on one line, cut where it gets long; the diff shows all of it. */
function brief(value: unknown): string {
  const text = value === undefined ? 'nothing' : show(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

export const immutabilityChecks: readonly Check[] = [immutableFields, dataIsKept];

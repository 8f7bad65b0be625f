import { immutableChanges } from '../../manifests/immutable';
import { isMissing } from '../../manifests/revision';
import { show } from '../../parse/parse';
import { identity } from '../../render/order';
import type { Check } from '../check';

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
      for (const { path, before, after, why } of immutableChanges(old, object)) {
        report(object, path, `changed from ${brief(before)} to ${brief(after)}`, `what it was: ${why}`);
      }
    }
  },
};

/** A value on one line, cut where it gets long; the diff shows all of it. */
function brief(value: unknown): string {
  const text = value === undefined ? 'nothing' : show(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

export const immutabilityChecks: readonly Check[] = [immutableFields];

import type { Manifest } from '../render/order';
import { type FieldChange, fieldChanges } from './changes';
import { isDefaultWritten } from './defaults';
import { knownKind } from './kinds';
import { compareRisks } from './risk';
import { ACCOUNT_RULES } from './risks/accounts';
import { AVAILABILITY_RULES, budgets, replicas, scalers } from './risks/availability';
import { config } from './risks/config';
import { claims, DATA_RULES } from './risks/data';
import { GENERAL_RULES } from './risks/general';
import { immutable } from './risks/immutable';
import { INGRESS_RULES, ingresses } from './risks/ingresses';
import { mounts } from './risks/mounts';
import { policies, relabelling } from './risks/policies';
import { privileges } from './risks/privileges';
import { rbac } from './risks/rbac';
import { ROLLOUT_RULES, rollout } from './risks/rollout';
import { ROOM_RULES } from './risks/rooms';
import { SERVICE_RULES, services } from './risks/services';
import { byRules } from './rules';
import { type Steps, touches } from './steps';
import { inTemplate, type Judge, kindOf, type Subject, subjectOf, type Verdict } from './subject';
import type { Worlds } from './worlds';

/** Everybody who knows something about changes, one kind of knowledge a file. */
const JUDGES: readonly Judge[] = [
  immutable,
  claims,
  mounts,
  privileges,
  rbac,
  policies,
  relabelling,
  services,
  ingresses,
  rollout,
  replicas,
  budgets,
  scalers,
  config,
  byRules([
    ...DATA_RULES,
    ...ACCOUNT_RULES,
    ...INGRESS_RULES,
    ...SERVICE_RULES,
    ...ROOM_RULES,
    ...ROLLOUT_RULES,
    ...AVAILABILITY_RULES,
    ...GENERAL_RULES,
  ]),
];

/** A field that differs, and what is said of it: the worst first, and what is safe only where nothing is not. */
export interface JudgedField extends FieldChange {
  readonly verdicts: readonly Verdict[];
}

/** An object that differs, judged. */
export interface JudgedObject {
  readonly object: Manifest;
  readonly change: 'added' | 'removed' | 'changed';
  /** What is said of the object as a whole. */
  readonly verdicts: readonly Verdict[];
  /** Empty for an object that was added or removed. */
  readonly fields: readonly JudgedField[];
  /** Whether its kind is known. If not, what its controller does with a change is for the reader to find out. */
  readonly known: boolean;
}

const ANOTHER_KIND = 'its kind is not known here: read what its controller makes of it';

/** What an object's change does. Undefined where nothing differs that means anything. */
export function judgeObject(
  before: Manifest | undefined,
  after: Manifest | undefined,
  worlds: Worlds,
): JudgedObject | undefined {
  const changes = changesOf(before, after);
  const subject = subjectOf(before, after, changes, worlds);
  const { object, kind } = subject;
  const known = knownKind(kind);
  const common = { object, known: known !== undefined };
  if (!before || !after) {
    const change = after ? 'added' : 'removed';
    const [risk, why] =
      known?.[change] ?? (after ? ['safe', ANOTHER_KIND] : ['data', 'what its controller made for it may go with it']);
    return { ...common, change, verdicts: telling([...verdictsOn(subject), { risk, why }]), fields: [] };
  }
  if (changes.length === 0) return undefined;
  const written = subject.leaves.filter((leaf) => isDefaultWritten(kind, leaf, inTemplate(subject, leaf.steps)));
  const verdicts = verdictsOn({ ...subject, leaves: subject.leaves.filter((leaf) => !written.includes(leaf)) });
  const isOn = (steps: Steps) => (verdict: Verdict) => verdict.at !== undefined && touches(verdict.at, steps);
  const fields = changes.map((change): JudgedField => {
    const said = verdicts.filter(isOn(change.steps));
    const rest: Verdict = written.some(({ steps }) => touches(steps, change.steps))
      ? { risk: 'safe', why: 'what the API server fills in is written out, or no longer' }
      : { risk: 'safe', why: known?.changed ?? ANOTHER_KIND };
    return { ...change, verdicts: telling(said.length > 0 ? said : [rest]) };
  });
  const whole = verdicts.filter((verdict) => !changes.some(({ steps }) => isOn(steps)(verdict)));
  return {
    ...common,
    change: 'changed',
    verdicts: telling(whole.filter(({ at, risk }) => !at || risk !== 'safe')),
    fields,
  };
}

const verdictsOn = (subject: Subject): readonly Verdict[] => JUDGES.flatMap((judge) => [...judge(subject)]);

/** What a reader needs of several verdicts: each once, the worst first, and why it is safe only where it is. */
function telling(verdicts: readonly Verdict[]): readonly Verdict[] {
  const once = [...new Map(verdicts.map((verdict) => [`${verdict.risk} ${verdict.why}`, verdict])).values()];
  const risky = once.filter(({ risk }) => risk !== 'safe').sort((a, b) => compareRisks(a.risk, b.risk));
  return risky.length > 0 ? risky : once.slice(0, 1);
}

/** Fields that differ. Of an object that came or went, all of them are one change, so that judges see each. */
function changesOf(before: Manifest | undefined, after: Manifest | undefined): readonly FieldChange[] {
  if (!before || !after) return [{ steps: [], before, after }];
  const known = knownKind(kindOf(after)) !== undefined;
  // A pod template is another one if its lists stand in another order; elsewhere order means something only to kinds that are not known.
  const isOrdered = (list: Steps): boolean =>
    !known ||
    after.kind === 'Pod' ||
    ['template', 'jobTemplate', 'volumeClaimTemplates'].some((step) => list.includes(step));
  return [...fieldChanges(before, after, isOrdered)];
}

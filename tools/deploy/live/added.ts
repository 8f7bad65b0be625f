import type { Step, Steps } from '../../diff/steps';
import { valueAt } from '../../manifests/pods';
import { isRecord } from '../../manifests/yaml';
import type { LiveObject } from '../api/client';

/** A field of an object that somebody else than its release set, and that the release leaves open. */
export interface AddedField {
  readonly steps: Steps;
  readonly value: unknown;
  readonly manager: string;
  /** Through which door the manager wrote, where it was not the object's own: `scale`. */
  readonly subresource?: string;
  /** ISO time of the manager's last change. */
  readonly at?: string;
}

/** Who writes on objects because that is its part: the control plane, and slipway when a Secret is rotated. */
export const CONTROL_PLANE: ReadonlySet<string> = new Set([
  'cloud-controller-manager',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'slipway-secrets',
]);

/** A set of fields as `managedFields` has it: keys of objects and entries of lists, each with what lies below. */
type FieldSet = Readonly<Record<string, unknown>>;

/**
 * Fields that others added to an object of a release. Its status is its controllers' to write; fields that the release
 * sets, too, are not added, whoever else owns them.
 * @param owner field manager of the release.
 */
export function addedFields(live: LiveObject, owner: string): AddedField[] {
  const entries = live.metadata.managedFields ?? [];
  const owned = entries.filter(({ manager, subresource }) => manager === owner && !subresource);
  const sets = owned.map(({ fieldsV1 }) => fieldsV1 ?? {});
  return entries.flatMap(({ manager = 'unknown', subresource, time, fieldsV1 }) => {
    const isAsked = manager !== owner && !CONTROL_PLANE.has(manager) && (!subresource || subresource === 'scale');
    if (!isAsked || !fieldsV1) return [];
    const about = { manager, ...(subresource && { subresource }), ...(time && { at: time }) };
    return [...without(fieldsV1, sets, live, [])].map((field) => ({ ...field, ...about }));
  });
}

/** Whether anything of an object was applied by its release: not where somebody deleted it and made it anew. */
export const isAppliedBy = (live: LiveObject, owner: string): boolean =>
  live.metadata.managedFields?.some(({ manager, subresource }) => manager === owner && !subresource) ?? false;

/** Fields of a set that others do not hold, as large as one writer made them. */
function* without(
  set: FieldSet,
  others: readonly FieldSet[],
  value: unknown,
  steps: Steps,
): Generator<Pick<AddedField, 'steps' | 'value'>> {
  for (const [key, inner] of Object.entries(set)) {
    if (key === '.') continue;
    const found = follow(key, value);
    // Taken away again in between.
    if (!found) continue;
    const at = [...steps, found.step];
    const known = others.flatMap((other) => (isRecord(other[key]) ? [other[key]] : []));
    const below = isRecord(inner) ? inner : {};
    const isWhole = '.' in below || Object.keys(below).length === 0;
    if (known.length === 0 && isWhole) yield { steps: at, value: found.value };
    else yield* without(below, known, found.value, at);
  }
}

/** What a key of a field set stands for: `f:name` a field, `k:{…}` an entry by its keys, `v:…` one by its value. */
function follow(key: string, value: unknown): { readonly step: Step; readonly value: unknown } | undefined {
  const [kind, rest] = [key.slice(0, 2), key.slice(2)];
  if (kind === 'f:') {
    const field = valueAt(value, [rest]);
    return field === undefined ? undefined : { step: rest, value: field };
  }
  if (!Array.isArray(value)) return undefined;
  if (kind === 'i:') return { step: Number(rest), value: value[Number(rest)] };
  const wanted: unknown = JSON.parse(rest);
  if (kind === 'v:' || !isRecord(wanted)) {
    return value.includes(wanted) ? { step: { entry: String(wanted) }, value: wanted } : undefined;
  }
  const keys = Object.entries(wanted);
  const entry = value.find((one) => keys.every(([name, part]) => valueAt(one, [name]) === part));
  // A port is named by its number alone where its protocol is the usual one, as in `slipway diff`.
  const label = keys.filter(([name, part]) => name !== 'protocol' || part !== 'TCP').map(([, part]) => String(part));
  return entry === undefined ? undefined : { step: { entry: label.join('/') }, value: entry };
}

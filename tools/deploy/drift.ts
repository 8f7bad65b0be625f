import { compare } from '../diff/compare';
import { shown } from '../diff/hidden';
import { showObject } from '../diff/show';
import { type Steps, showSteps } from '../diff/steps';
import { namespaceOf } from '../manifests/kinds';
import { ManifestSet } from '../manifests/manifest-set';
import { scalersOf } from '../manifests/replicas';
import { Refused } from '../parse/parse';
import type { Manifest } from '../render/order';
import type { Api, LiveObject } from './api/client';
import { addedFields, isAppliedBy } from './live/added';
import { type Attempt, attempt } from './live/attempt';
import { nameOf } from './live/conflicts';
import { foreignOf, type Owner, showForeign } from './live/owner';
import { standing } from './live/standing';
import { isSettled, type Release, readReleases } from './release/record';

/** A field that stands otherwise than the release left it. */
export interface DriftedField {
  /** `Deployment chat/hello` */
  readonly object: string;
  /** `spec.template.spec.containers[hello].image` */
  readonly field: string;
  /** As the release has it; missing where it leaves the field open. */
  readonly released?: unknown;
  /** As it stands; missing where it was taken away. */
  readonly live?: unknown;
  /** Who wrote it; missing where nobody owns it any more. */
  readonly manager?: string;
  /** Through which door: `scale`. */
  readonly subresource?: string;
  /** ISO time of the manager's last change. */
  readonly at?: string;
}

/** What stands in the cluster against what was released. */
export interface Drift {
  readonly environment: string;
  readonly release: Pick<Release, 'revision' | 'commit' | 'at' | 'by'>;
  /** Objects that it is made of. */
  readonly objects: number;
  /** Objects that are gone: `Deployment chat/hello`. */
  readonly missing: readonly string[];
  /** Objects that somebody made anew or is deleting, or whose fixed fields are others; a line each. */
  readonly replaced: readonly string[];
  /** Fields of the release that stand otherwise now. */
  readonly changed: readonly DriftedField[];
  /** Fields that somebody added to objects of the release. */
  readonly added: readonly DriftedField[];
  /** What a reader should know beside it. */
  readonly notes: readonly string[];
}

export const hasDrifted = ({ missing, replaced, changed, added }: Drift): boolean =>
  missing.length + replaced.length + changed.length + added.length > 0;

/**
 * Compares the cluster with the release that was deployed last: not with dist/, which may be ahead of it.
 * @throws Refused where nothing is deployed, or where it may not be looked at.
 */
export async function drift(api: Api, named: { readonly name: string; readonly namespace: string }): Promise<Drift> {
  const releases = await readReleases(api, named.namespace, named.name);
  const release = releases.findLast(({ status }) => status === 'deployed');
  if (!release) {
    throw new Refused([
      `release ${named.name}: none is deployed in namespace ${named.namespace}; expected one. \`slipway deploy ${named.name}\` makes it`,
    ]);
  }
  const owner: Owner = { manager: 'helm', release: named };
  const attempts = await Promise.all(release.objects.map((object) => attempt(api, object, owner)));
  const unread = attempts.filter(isUnjudged).flatMap(({ refusal }) => refusal?.lines ?? []);
  if (unread.length > 0) throw new Refused(unread);
  const pending = releases.filter((one) => !isSettled(one) && one.revision > release.revision);
  const stands = attempts.filter(({ refusal }) => refusal === undefined);
  const others = ownedByOthers(stands, release, owner);
  const changed = changedFields(stands, release, others);
  const isNew = new Set(stands.filter((one) => replacedBy(one, owner).length > 0).map(({ object }) => nameOf(object)));
  return {
    environment: named.name,
    release: { revision: release.revision, commit: release.commit, at: release.at, by: release.by },
    objects: release.objects.length,
    missing: attempts.filter(({ live }) => live === undefined).map(({ object }) => nameOf(object)),
    replaced: attempts.flatMap((one) => replacedBy(one, owner)),
    changed,
    added: others.filter(
      ({ object, field }) =>
        !isNew.has(object) && !changed.some((one) => one.object === object && touches(one.field, field)),
    ),
    notes: pending.map(
      ({ revision, status }) => `revision ${revision} is ${status}: a deploy is at work, or was killed`,
    ),
  };
}

/** Whether the server would not say what became of an object. */
const isUnjudged = ({ isRead, live, refusal }: Attempt): boolean =>
  refusal !== undefined && (!isRead || (live !== undefined && refusal.code !== 422 && refusal.code !== 409));

function replacedBy({ live, refusal }: Attempt, owner: Owner): readonly string[] {
  if (!live) return [];
  if (refusal) return refusal.lines;
  const foreign = foreignOf(live, owner);
  if (foreign) return [showForeign(foreign)];
  return isAppliedBy(live, owner.manager)
    ? []
    : [`${nameOf(live)}: was made anew by others; nothing of it was applied`];
}

/** Fields that a dry run of the release would put back. */
function changedFields(
  attempts: readonly Attempt[],
  { revision }: Release,
  others: readonly DriftedField[],
): DriftedField[] {
  const live = attempts.flatMap((one) => (one.live ? standing(one.live) : []));
  const there = attempts.flatMap((one) => (one.live && one.after ? one.after : []));
  const { objects } = compare({
    name: 'drift',
    before: { title: `release ${revision}`, set: setOf(there) },
    after: { title: 'the cluster', set: setOf(live) },
  });
  return objects.flatMap((object) =>
    object.fields.map(({ path, before, after }) => ({
      object: showObject(object),
      field: path,
      ...(before !== undefined && { released: before }),
      ...(after !== undefined && { live: after }),
      ...writerOf(showObject(object), path, others),
    })),
  );
}

/** Who owns a field that differs, or something below it; nobody where it was taken away. */
function writerOf(object: string, path: string, others: readonly DriftedField[]) {
  const { manager, subresource, at } = others.find((one) => one.object === object && touches(one.field, path)) ?? {};
  return { ...(manager && { manager }), ...(subresource && { subresource }), ...(at && { at }) };
}

/** Whether one of two fields is the other one or lies below it. */
const touches = (one: string, other: string): boolean => isWithin(one, other) || isWithin(other, one);
const isWithin = (field: string, outer: string): boolean =>
  field.startsWith(outer) && ['', '.', '['].includes(field.charAt(outer.length));

/** Every field of a release's objects that others own and the release does not. */
function ownedByOthers(attempts: readonly Attempt[], release: Release, { manager }: Owner): DriftedField[] {
  const scalers = scalersOf(setOf(release.objects));
  const isScaled = (live: LiveObject, steps: Steps): boolean =>
    showSteps(steps) === 'spec.replicas' && scalers.has(`${namespaceOf(live)}/${live.kind}/${live.metadata.name}`);
  return attempts.flatMap(({ object, live }) => {
    if (!live) return [];
    return addedFields(live, manager)
      .filter(({ steps }) => !isScaled(live, steps))
      .map(({ steps, value, ...about }) => ({
        object: nameOf(object),
        field: showSteps(steps),
        live: shown(live, steps, value),
        ...about,
      }));
  });
}

const setOf = (objects: readonly Manifest[]): ManifestSet =>
  new ManifestSet(objects.map((manifest, document) => ({ manifest, file: 'cluster', document, path: [] })));

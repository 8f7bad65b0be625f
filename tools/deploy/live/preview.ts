import { compare } from '../../diff/compare';
import type { Comparison } from '../../diff/report';
import { canonical } from '../../diff/values';
import { ManifestSet } from '../../manifests/manifest-set';
import { identity, type Manifest } from '../../render/order';
import type { Api, LiveObject } from '../api/client';
import { ApiError } from '../api/error';
import { attempt, find } from './attempt';
import { type Conflict, nameOf } from './conflicts';
import { type Foreign, foreignOf, type Owner } from './owner';
import { standing } from './standing';

export type { Conflict, Foreign, Owner };

/** What applying would do to a cluster, as its API server says; nothing was changed to know it. */
export interface Preview {
  /** Of the wanted objects and of those that go: how they stand in the cluster, without what the server keeps for itself. */
  readonly before: ManifestSet;
  /** How the wanted ones would stand there. What is refused stays as it is. */
  readonly after: ManifestSet;
  /** Fields that another manager owns and that would change; `showConflict` makes a line of one. */
  readonly conflicts: readonly Conflict[];
  /** Objects that are there already and belong to no release, or to another one; `showForeign` makes a line of one. */
  readonly foreign: readonly Foreign[];
  /** What the API server refuses: object, field and its words. */
  readonly refused: readonly string[];
  readonly warnings: readonly string[];
  /** Objects that are no longer wanted and stay all the same, by Helm's keep policy: `PersistentVolumeClaim chat/data`. */
  readonly kept: readonly string[];
}

/**
 * Asks the API server what would become of each object, by a server-side dry run; so what it fills in and what others
 * own does not show as a change.
 * @param wanted what is to stand there.
 * @param gone what an earlier release brought and this one does not.
 * @throws Unreachable where the cluster does not answer; ApiError where it does not know who asks.
 */
export async function preview(
  api: Api,
  wanted: readonly Manifest[],
  gone: readonly Manifest[],
  owner: Owner,
): Promise<Preview> {
  const isWanted = new Set(wanted.map(identity));
  const [attempts, leftovers] = await Promise.all([
    Promise.all(wanted.map((object) => attempt(api, object, owner))),
    Promise.all(gone.filter((object) => !isWanted.has(identity(object))).map((object) => find(api, object))),
  ]);
  const going = leftovers.flatMap((found) => (found === undefined || found instanceof ApiError ? [] : [found]));
  const kept = going.filter(isKept);
  return {
    before: setOf([...attempts.flatMap(({ live }) => live ?? []), ...going].map(standing)),
    after: setOf([...attempts.flatMap(({ after }) => after ?? []), ...kept.map(standing)]),
    conflicts: attempts.flatMap(({ conflicts }) => conflicts),
    foreign: attempts.flatMap(({ live }) => (live && foreignOf(live, owner)) ?? []),
    refused: [
      ...missingNamespaces(wanted, attempts),
      ...attempts.flatMap(({ refusal }) => refusal?.lines ?? []),
      ...leftovers.flatMap((found) => (found instanceof ApiError ? found.message : [])),
    ],
    warnings: [...new Set(attempts.flatMap(({ warnings }) => warnings))],
    kept: kept.map(nameOf),
  };
}

/** A line for each namespace that is not there and that nobody is about to make, however many objects want it. */
function missingNamespaces(wanted: readonly Manifest[], attempts: readonly { readonly without?: string }[]): string[] {
  const made = new Set(wanted.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name));
  const missing = new Set(attempts.flatMap(({ without }) => without ?? []));
  return [...missing]
    .filter((name) => !made.has(name))
    .map(
      (name) => `Namespace ${name}: is not there; expected it before what lives in it. \`slipway platform\` makes it`,
    );
}

const isKept = ({ metadata }: LiveObject): boolean => metadata.annotations?.['helm.sh/resource-policy'] === 'keep';

const setOf = (objects: readonly Manifest[]): ManifestSet =>
  new ManifestSet(objects.map((manifest, document) => ({ manifest, file: 'cluster', document, path: [] })));

/** Whether applying would do nothing at all. */
export function isEqual({ before, after, conflicts, foreign, refused }: Preview): boolean {
  if (conflicts.length + foreign.length + refused.length > 0) return false;
  const [was, is] = [before.byIdentity(), after.byIdentity()];
  return was.size === is.size && [...is].every(([name, object]) => canonical(was.get(name)) === canonical(object));
}

/**
 * A preview judged as `slipway diff` judges two versions.
 * @param around what stands in the cluster beside it and stays: without the platform's policies, more would seem open.
 */
export function comparisonOf(name: string, { before, after }: Preview, around?: ManifestSet): Comparison {
  const beside = around?.entries ?? [];
  return compare({
    name,
    before: { title: 'the cluster', set: new ManifestSet([...beside, ...before.entries]) },
    after: { title: 'dist/', set: new ManifestSet([...beside, ...after.entries]) },
  });
}

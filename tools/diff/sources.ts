import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadFolder } from '../manifests/load';
import { foldersAt, isMissing, loadRevision } from '../manifests/revision';
import { nearest, Refused } from '../parse/parse';
import { compareText } from '../render/order';
import type { Sides } from './compare';

/** Folders of an output folder that are no environment's. */
const NO_ENVIRONMENTS = ['inventory', 'cluster'];

/** Whether an argument means a folder: it is one, or could only be one. */
export const isFolder = (argument: string): boolean => existsSync(argument) || /[/\\]/.test(argument);

/** Names of the environments below an output folder. */
export function environmentsIn(dist: string): readonly string[] {
  if (!existsSync(dist)) return [];
  return readdirSync(dist, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && isEnvironment(entry.name))
    .map(({ name }) => name)
    .sort(compareText);
}

const isEnvironment = (name: string): boolean => !NO_ENVIRONMENTS.includes(name) && !name.startsWith('.');

/**
 * Environments of the work tree and the same at a revision.
 * @param only the one that is asked for; all of them without it.
 * @throws Refused where git, the revision or the environment is not there.
 */
export function environmentSides(dist: string, base: string, only?: string): readonly Sides[] {
  const known = foldersAt(dist, base);
  if (isMissing(known)) {
    throw new Refused([
      `diff: there is no ${relative('', dist) || '.'} at --base ${JSON.stringify(base)} to compare with: ${known.missing}. Fetch the revision (a CI checkout is often shallow), or name two folders: slipway diff OLD NEW`,
    ]);
  }
  const here = environmentsIn(dist);
  const names = [...new Set([...here, ...known.filter(isEnvironment)])].sort(compareText);
  if (only !== undefined && !names.includes(only)) {
    throw new Refused([`unknown environment ${JSON.stringify(only)}; ${nearest(only, names)}`]);
  }
  return names
    .filter((name) => only === undefined || name === only)
    .map((name) => {
      const folder = relative('', join(dist, name));
      const old = known.includes(name) ? loadRevision(folder, base) : { missing: 'is new' };
      return {
        name,
        before: { title: base, set: isMissing(old) ? undefined : old },
        after: { title: 'work tree', set: here.includes(name) ? loadFolder(folder) : undefined },
      };
    });
}

/** Two folders of any names. */
export const folderSides = (before: string, after: string): Sides => ({
  name: `${before} → ${after}`,
  before: { title: before, set: loadFolder(before) },
  after: { title: after, set: loadFolder(after) },
});

/**
 * Two environments of the output folder.
 * @throws Refused where there is no such environment.
 */
export function environmentPair(dist: string, names: readonly [string, string]) {
  const known = environmentsIn(dist);
  const faults = names
    .filter((name) => !known.includes(name))
    .map(
      (name) =>
        `unknown environment ${JSON.stringify(name)}; ${nearest(name, known)}. A folder is named with a slash: ./${name}`,
    );
  if (faults.length > 0) throw new Refused(faults);
  const load = (name: string) => ({ name, set: loadFolder(relative('', join(dist, name))) });
  return [load(names[0]), load(names[1])] as const;
}

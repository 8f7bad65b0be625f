import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import * as z from 'zod';
import { loadFolder } from '../../../tools/manifests/load';
import { valueAt } from '../../../tools/manifests/pods';
import { type Path, showPath } from '../../../tools/manifests/yaml';
import { parse, Refused } from '../../../tools/parse/parse';
import type { Manifest } from '../../../tools/render/order';
import { type Environment, nameOf, type Planted } from './judge';

export const ROOT = join(__dirname, '../../..');

const inventory = z.object({ environment: z.string(), kubernetes: z.string() });

/** Every environment that dist/ has an inventory of. */
export function readEnvironments(dist = join(ROOT, 'dist')): Environment[] {
  const files = readdirSync(join(dist, 'inventory')).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => {
    const path = join(dist, 'inventory', file);
    const { environment, kubernetes } = parse(
      inventory,
      JSON.parse(readFileSync(path, 'utf8')),
      `dist/inventory/${file}`,
    );
    const folder = join(dist, environment);
    return { name: environment, folder, kubernetes, set: loadFolder(folder) };
  });
}

/** A field of an object and what to put there; `undefined` takes the field away. */
export type Change = readonly [path: Path, value: unknown];

/** A copy of an environment in which the first object of a kind has other fields. */
export const withChanges = (
  environment: Environment,
  folder: string,
  kind: string,
  ...changes: readonly Change[]
): Planted<Environment> =>
  rewritten(environment, folder, kind, (object) => {
    for (const [path, value] of changes) put(object, path, value);
    return [object];
  });

function put(object: Manifest, path: Path, value: unknown): void {
  const parent = valueAt(object, path.slice(0, -1)) as Record<string | number, unknown> | undefined;
  if (parent === undefined) {
    throw new Refused([`${nameOf(object)}: has no ${showPath(path.slice(0, -1))}; expected one to plant a fault in`]);
  }
  parent[path.at(-1) ?? ''] = value;
}

/** A copy of an environment without the first object of a kind that fits. */
export const without = (
  environment: Environment,
  folder: string,
  kind: string,
  fits: (object: Manifest) => boolean,
): Planted<Environment> => rewritten(environment, folder, kind, () => [], fits);

/** A copy of an environment with one more object. */
export function withObject(environment: Environment, folder: string, object: Manifest): Planted<Environment> {
  cpSync(environment.folder, folder, { recursive: true });
  writeFileSync(join(folder, 'planted.yaml'), `${JSON.stringify(object)}\n`);
  return { subject: { ...environment, folder, set: loadFolder(folder) }, object: nameOf(object) };
}

/** Copies an environment, and writes the file of one object anew, with what became of the object. */
function rewritten(
  environment: Environment,
  folder: string,
  kind: string,
  become: (object: Manifest) => readonly Manifest[],
  fits: (object: Manifest) => boolean = () => true,
): Planted<Environment> {
  cpSync(environment.folder, folder, { recursive: true });
  const { entries } = loadFolder(folder);
  const chosen = entries.find(({ manifest }) => manifest.kind === kind && fits(manifest));
  if (!chosen) throw new Refused([`${environment.folder}: has no ${kind} to plant a fault in; expected one`]);
  const objects = entries
    .filter(({ file }) => file === chosen.file)
    .flatMap((entry) => (entry === chosen ? become(entry.manifest) : [entry.manifest]));
  // As YAML: netpol-analyzer takes a file that starts with a brace for JSON to its end. Kubernetes reads YAML 1.1.
  writeFileSync(chosen.file, objects.map((object) => stringify(object, { version: '1.1' })).join('---\n'));
  return { subject: { ...environment, folder, set: loadFolder(folder) }, object: nameOf(chosen.manifest) };
}

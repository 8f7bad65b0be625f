import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import { parse, Refused, show } from '../parse/parse';
import type { Inventory } from './inventory';
import type { ManifestFile } from './manifests';
import { compareText } from './order';

const INVENTORIES = 'inventory';

/** One environment, rendered and ready to be written. */
export interface RenderedEnvironment {
  readonly inventory: Inventory;
  readonly files: readonly ManifestFile[];
  /** Who may talk to whom, for those who review it; it stands beside the inventory. */
  readonly traffic: string;
}

/** What writing changed: paths below the output folder. */
export interface Changes {
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

/** What a write would change: nothing has been touched yet. */
interface Plan {
  /** Paths and contents that differ, manifests first. */
  readonly write: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

/**
 * Brings an output folder to what was rendered: writes what differs, whole files only, and removes what the previous
 * inventories owned and nothing owns now. Files that no inventory names are nobody's business.
 * @param complete whether `rendered` is every environment there is; only then does a missing one disappear.
 */
export function writeTree(out: string, rendered: readonly RenderedEnvironment[], complete: boolean): Changes {
  const plan = planTree(out, rendered, complete);
  // Inventories are written last: until then the old ones still own what is to be removed.
  const written = [...plan.write.keys()];
  for (const path of written.filter((path) => !isInventory(path))) writeFile(out, path, plan.write.get(path) ?? '');
  for (const path of plan.remove.filter((path) => !isInventory(path))) removeFile(out, path);
  for (const path of written.filter(isInventory)) writeFile(out, path, plan.write.get(path) ?? '');
  for (const path of plan.remove.filter(isInventory)) removeFile(out, path);
  return { written, removed: plan.remove };
}

/** What `writeTree` would change, and changes nothing. */
export function compareTree(out: string, rendered: readonly RenderedEnvironment[], complete: boolean): Changes {
  const { write, remove } = planTree(out, rendered, complete);
  return { written: [...write.keys()], removed: remove };
}

function planTree(out: string, rendered: readonly RenderedEnvironment[], complete: boolean): Plan {
  const wanted = new Map<string, string>();
  for (const { inventory, files, traffic } of rendered) {
    for (const { path, content } of files) wanted.set(join(inventory.environment, path), content);
    wanted.set(trafficPath(inventory.environment), traffic);
    wanted.set(inventoryPath(inventory.environment), `${JSON.stringify(inventory, null, 2)}\n`);
  }
  const names = rendered.map(({ inventory }) => inventory.environment);
  const judged = complete ? environmentsIn(out) : names;
  const paths = [...wanted.keys()].sort(compareText);
  return {
    write: new Map(
      [...paths.filter((path) => !isInventory(path)), ...paths.filter(isInventory)]
        .map((path) => [path, wanted.get(path) ?? ''] as const)
        .filter(([path, content]) => differs(join(out, path), content)),
    ),
    remove: judged
      .flatMap((name) => ownedBy(out, name))
      .filter((path) => !wanted.has(path) && existsSync(join(out, path))),
  };
}

const inventoryPath = (environment: string): string => join(INVENTORIES, `${environment}.json`);
const trafficPath = (environment: string): string => join(INVENTORIES, `${environment}.traffic.md`);
const isInventory = (path: string): boolean => dirname(path) === INVENTORIES && path.endsWith('.json');

function environmentsIn(out: string): string[] {
  const folder = join(out, INVENTORIES);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort(compareText);
}

/** What an inventory must say before files are removed on its word: none outside its environment's folder. */
const ownership = z.looseObject({
  objects: z.array(
    z.looseObject({
      file: z
        .string()
        .regex(/^(?!.*(^|\/)\.\.(\/|$))[^/]/, { error: ({ input }) => `${show(input)} leaves its folder` }),
    }),
  ),
});

/** Files of an environment according to the inventory that lies there, itself included. */
function ownedBy(out: string, environment: string): string[] {
  const path = inventoryPath(environment);
  if (!existsSync(join(out, path))) return [];
  try {
    const { objects } = parse(ownership, JSON.parse(readFileSync(join(out, path), 'utf8')), path);
    return [...new Set(objects.map(({ file }) => join(environment, file))), trafficPath(environment), path];
  } catch (error) {
    throw new Refused([
      `${join(out, path)}: is not an inventory (${(error as Error).message}); without it nobody knows which files are stale. Restore it from git, or remove ${join(out, environment)} with it, and synthesize again`,
    ]);
  }
}

const differs = (path: string, content: string): boolean => !existsSync(path) || readFileSync(path, 'utf8') !== content;

function writeFile(out: string, path: string, content: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileAtomic.sync(join(out, path), content, { fsync: false });
}

/** Removes a file and the folders that it leaves empty. */
function removeFile(out: string, path: string): void {
  rmSync(join(out, path));
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    if (readdirSync(join(out, folder)).length > 0) return;
    rmdirSync(join(out, folder));
  }
}

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { loadFolder } from '../manifests/load';
import { loadRevision } from '../manifests/revision';
import { parse, Refused } from '../parse/parse';
import { type Inventory, inventorySchema } from '../render/inventory';
import type { Folder } from './run';
import { loadSchemas, type Schemas } from './schema/schemas';

/** How a folder is to be read. */
export interface Reading {
  /** Git revision whose manifests immutable fields are compared with. */
  readonly base: string;
  /** Inventory of the folder; without it, `../inventory/<folder>.json` where that exists. */
  readonly inventory?: string;
}

/** Reads folders; those of one Kubernetes minor without CRDs of their own share their schemas. */
export function openFolders(paths: readonly string[], reading: Reading): Folder[] {
  const shared = new Map<string | undefined, Schemas>();
  return paths.map((path) => {
    const set = loadFolder(path);
    const inventoryPath = reading.inventory ?? inventoryBeside(path);
    const inventory = inventoryPath === undefined ? undefined : readInventory(inventoryPath);
    const crds = set.objects.filter(({ kind }) => kind === 'CustomResourceDefinition');
    const known = crds.length === 0 ? shared.get(inventory?.kubernetes) : undefined;
    const schemas = known ?? loadSchemas(inventory?.kubernetes, crds);
    if (crds.length === 0) shared.set(inventory?.kubernetes, schemas);
    return { path, set, inventory, inventoryPath, schemas, base: loadRevision(path, reading.base) };
  });
}

function inventoryBeside(folder: string): string | undefined {
  const path = join(dirname(folder), 'inventory', `${basename(resolve(folder))}.json`);
  return existsSync(path) ? path : undefined;
}

/** @throws Refused where the file is no inventory. */
function readInventory(path: string): Inventory {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Refused([
      `${path}: cannot be read (${(error as Error).message}); expected an inventory that a synth wrote`,
    ]);
  }
  return parse(inventorySchema, value, path);
}

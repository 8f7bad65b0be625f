import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
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
    const crds = set.objects.filter(
      ({ apiVersion, kind }) => apiVersion === 'apiextensions.k8s.io/v1' && kind === 'CustomResourceDefinition',
    );
    const known = crds.length === 0 ? shared.get(inventory?.kubernetes) : undefined;
    const schemas = known ?? loadSchemas(inventory?.kubernetes, crds);
    if (crds.length === 0) shared.set(inventory?.kubernetes, schemas);
    return { path, set, inventory, inventoryPath, schemas, base: baseOf(path, reading.base) };
  });
}

/** A revision that does not parse is none to compare with: what mends it must be judged all the same. */
function baseOf(folder: string, revision: string): Folder['base'] {
  try {
    return loadRevision(folder, revision);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { missing: `${revision} cannot be read: ${error.faults.join('; ')}` };
  }
}

function inventoryBeside(folder: string): string | undefined {
  const path = join(folder, '..', 'inventory', `${basename(resolve(folder))}.json`);
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

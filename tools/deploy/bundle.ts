import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadFolder } from '../manifests/load';
import type { ManifestSet } from '../manifests/manifest-set';
import { nearest, parse, Refused } from '../parse/parse';
import { type Inventory, inventorySchema } from '../render/inventory';

/** What `dist/` holds for one environment: what is released, and what is known about it. */
export interface Bundle {
  readonly environment: string;
  readonly namespace: string;
  readonly inventory: Inventory;
  /** `dist/<environment>` */
  readonly folder: string;
  /** The administrator's part. */
  readonly platform: ManifestSet;
  /** The deployer's part: what a release carries. */
  readonly workloads: ManifestSet;
  /** Files of the workloads, byte for byte, by name; in the order of their names. */
  readonly files: ReadonlyMap<string, string>;
  /** SHA-256 over every object of the environment, platform included: equal hash, equal objects. */
  readonly hash: string;
}

/**
 * Opens an environment of an output folder.
 * @param known names of the environments that there are.
 * @throws Refused where there is no such environment, or a file of it does not parse.
 */
export function openBundle(dist: string, environment: string, known: readonly string[]): Bundle {
  if (!known.includes(environment)) {
    throw new Refused([`unknown environment ${JSON.stringify(environment)}; ${nearest(environment, known)}`]);
  }
  const file = join(dist, 'inventory', `${environment}.json`);
  if (!existsSync(file)) throw new Refused([`${file}: is missing; expected what \`slipway synth\` writes`]);
  const inventory = parse(inventorySchema, JSON.parse(readFileSync(file, 'utf8')), file);
  const folder = join(dist, environment);
  const paths = [...new Set(inventory.objects.map((object) => object.file))].sort();
  const hash = createHash('sha256');
  for (const { file: path, sha256 } of inventory.objects) hash.update(`${path} ${sha256}\n`);
  return {
    environment,
    namespace: inventory.namespace,
    inventory,
    folder,
    platform: loadFolder(join(folder, 'platform')),
    workloads: loadFolder(join(folder, 'workloads')),
    files: new Map(
      paths
        .filter((path) => path.startsWith('workloads/'))
        .map((path) => [path.slice('workloads/'.length), readFileSync(join(folder, path), 'utf8')]),
    ),
    hash: hash.digest('hex'),
  };
}

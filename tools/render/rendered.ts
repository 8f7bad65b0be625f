import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Inventory } from './inventory';
import type { ManifestFile } from './manifests';
import { checksumsPath, inventoryPath, trafficPath } from './ownership';

/** One environment, rendered and ready to be written. */
export interface RenderedEnvironment {
  readonly inventory: Inventory;
  readonly files: readonly ManifestFile[];
  /** Who may talk to whom, for those who review it; it stands beside the inventory. */
  readonly traffic: string;
}

/** A folder of files that are no manifests: what a cluster is built from. */
export interface RenderedFolder {
  /** Below the output folder. */
  readonly folder: string;
  /** By path below `folder`. */
  readonly texts: readonly { readonly path: string; readonly content: string }[];
}

export type Rendered = RenderedEnvironment | RenderedFolder;

/** What is written for a part of the output, and which of its files lists the others: whoever removes asks that one. */
export function textsOf(rendered: Rendered): { readonly list: string; readonly texts: ReadonlyMap<string, string> } {
  if ('inventory' in rendered) {
    const { inventory, files, traffic } = rendered;
    const { environment } = inventory;
    const list = inventoryPath(environment);
    return {
      list,
      texts: new Map([
        ...files.map(({ path, content }) => [join(environment, path), content] as const),
        [trafficPath(environment), traffic],
        [list, `${JSON.stringify(inventory, null, 2)}\n`],
      ]),
    };
  }
  const { folder, texts } = rendered;
  const list = checksumsPath(folder);
  return {
    list,
    texts: new Map([
      ...texts.map(({ path, content }) => [join(folder, path), content] as const),
      [list, checksums(texts)],
    ]),
  };
}

/** As `sha256sum --check` reads them: whoever copied the folder to a machine can ask whether it arrived whole. */
const checksums = (texts: RenderedFolder['texts']): string =>
  texts.map(({ path, content }) => `${createHash('sha256').update(content).digest('hex')}  ${path}\n`).join('');

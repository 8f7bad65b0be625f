import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as writeFileAtomic from 'write-file-atomic';
import { compareText } from './order';
import { isList, listsIn, ownedBy } from './ownership';
import { type Rendered, type RenderedEnvironment, type RenderedFolder, textsOf } from './rendered';

export type { RenderedEnvironment, RenderedFolder };

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
 * lists owned and nothing owns now. Files that no list names are nobody's business.
 * @param complete whether `rendered` is everything there is; only then does a missing one disappear.
 */
export function writeTree(out: string, rendered: readonly Rendered[], complete: boolean): Changes {
  const plan = planTree(out, rendered, complete);
  // Lists are written last: until then the old ones still own what is to be removed.
  const written = [...plan.write.keys()];
  for (const path of written.filter((path) => !isList(path))) writeFile(out, path, plan.write.get(path) ?? '');
  for (const path of plan.remove.filter((path) => !isList(path))) removeFile(out, path);
  for (const path of written.filter(isList)) writeFile(out, path, plan.write.get(path) ?? '');
  for (const path of plan.remove.filter(isList)) removeFile(out, path);
  return { written, removed: plan.remove };
}

/** What `writeTree` would change, and changes nothing. */
export function compareTree(out: string, rendered: readonly Rendered[], complete: boolean): Changes {
  const { write, remove } = planTree(out, rendered, complete);
  return { written: [...write.keys()], removed: remove };
}

function planTree(out: string, rendered: readonly Rendered[], complete: boolean): Plan {
  const parts = rendered.map(textsOf);
  const wanted = new Map(parts.flatMap(({ texts }) => [...texts]));
  const judged = complete ? listsIn(out) : parts.map(({ list }) => list);
  const paths = [...wanted.keys()].sort(compareText);
  return {
    write: new Map(
      [...paths.filter((path) => !isList(path)), ...paths.filter(isList)]
        .map((path) => [path, wanted.get(path) ?? ''] as const)
        .filter(([path, content]) => differs(join(out, path), content)),
    ),
    remove: judged
      .flatMap((list) => ownedBy(out, list))
      .filter((path) => !wanted.has(path) && existsSync(join(out, path))),
  };
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

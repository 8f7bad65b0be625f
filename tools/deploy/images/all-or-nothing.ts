import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as writeFileAtomic from 'write-file-atomic';

/** Signals that would end the process between two files. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Changes files together: where the change throws, every file below the paths is as it was, and none is left over.
 * Signals wait meanwhile; the change must be synchronous, so that they wait for no more than some writing.
 * @param paths files or folders; those that do not exist yet are removed again.
 * @throws what the change throws.
 */
export function allOrNothing<Value>(paths: readonly string[], change: () => Value): Value {
  const wait = () => undefined;
  for (const signal of SIGNALS) process.on(signal, wait);
  try {
    const before = contentsOf(paths);
    try {
      return change();
    } catch (error) {
      restore(paths, before);
      throw error;
    }
  } finally {
    for (const signal of SIGNALS) process.off(signal, wait);
  }
}

type Contents = ReadonlyMap<string, Buffer>;

const contentsOf = (paths: readonly string[]): Contents =>
  new Map(paths.flatMap(filesBelow).map((path) => [path, readFileSync(path)]));

function restore(paths: readonly string[], before: Contents): void {
  const isFile = (path: string) => before.has(path);
  for (const path of paths.flatMap(filesBelow)) if (!isFile(path)) rmSync(path);
  for (const [path, content] of before) {
    if (existsSync(path) && readFileSync(path).equals(content)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileAtomic.sync(path, content, { fsync: false });
  }
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

import { existsSync, readdirSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { UsageError } from './errors';

export const ROOT = resolve(__dirname, '../..');

/** The folder of our own environments. */
const DIST = join(ROOT, 'dist');

/**
 * Folders of every environment of dist/, as its inventories name them; relative to the working directory.
 * @throws UsageError where there is none.
 */
export function environmentFolders(): string[] {
  const folder = join(DIST, 'inventory');
  const names = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  if (names.length === 0) {
    throw new UsageError([`${folder}: holds no inventory; expected what \`slipway synth\` writes`]);
  }
  return names.sort().map((file) => relative('', join(DIST, file.slice(0, -'.json'.length))));
}

/** Whether a folder is one of dist/, or lies below one. */
export const isOurs = (folder: string): boolean => `${resolve(folder)}${sep}`.startsWith(`${DIST}${sep}`);

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files that decide what a tool's binary is. */
const isSource = (name: string): boolean => /^go\.(mod|sum)$|\.go$|^requirements\.txt$/.test(name);

/**
 * Changes whenever anything changes that a tool's binary is built from.
 * @param how what decides beside the sources: flags, environment.
 */
export function hashOfSources(folder: string, how: readonly string[] = []): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).filter(isSource).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(folder, file)))
      .update('\0');
  }
  for (const word of how) hash.update(`${word}\0`);
  return hash.digest('hex').slice(0, 16);
}

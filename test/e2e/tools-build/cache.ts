import { readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Where what is built once stays: below the user's cache folder, apart by what it is used for. */
export function cacheFolder(
  use: 'judges' | 'cluster',
  { XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv = process.env,
): string {
  return join(XDG_CACHE_HOME || join(HOME || homedir(), '.cache'), 'slipway', use);
}

/**
 * Removes what stands beside `kept` and begins as it does: what earlier sources gave, which nobody asks for again.
 * A name with a dot is being built, perhaps by somebody else.
 */
export function removeOthers(kept: string, prefix: string): void {
  const isOther = (name: string) => name.startsWith(prefix) && !name.includes('.') && name !== basename(kept);
  for (const name of readdirSync(dirname(kept)).filter(isOther)) {
    rmSync(join(dirname(kept), name), { recursive: true });
  }
}

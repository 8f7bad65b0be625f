import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where what is built once stays: below the user's cache folder, apart by what it is used for. */
export function cacheFolder(
  use: 'judges' | 'cluster',
  { XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv = process.env,
): string {
  return join(XDG_CACHE_HOME || join(HOME || homedir(), '.cache'), 'slipway', use);
}

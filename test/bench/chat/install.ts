import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import execa from 'execa';

const SOURCES = join(__dirname, 'competitors');
/** What the installation is made of. */
const PINS = ['package.json', 'package-lock.json', 'requirements.txt'];

/** Below the user's cache folder, so that nothing of the competitors enters the repository. */
function cacheFolder({ XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv = process.env): string {
  return join(XDG_CACHE_HOME || join(HOME || homedir(), '.cache'), 'slipway', 'bench-chat');
}

/**
 * Installs the competitors with npm and pip where their pins have changed.
 * @returns the folder in which they start: their servers, `node_modules`, `python` (a virtual environment).
 */
export async function installCompetitors(print: (line: string) => void): Promise<string> {
  const folder = cacheFolder();
  mkdirSync(folder, { recursive: true });
  cpSync(SOURCES, folder, { recursive: true });
  const stamp = join(folder, 'installed');
  const wanted = PINS.reduce(
    (hash, name) => hash.update(readFileSync(join(SOURCES, name))),
    createHash('sha256'),
  ).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return folder;
  print(`installing the competitors into ${folder}; the first time only`);
  const install = (command: string, ...words: string[]) => execa(command, words, { cwd: folder });
  await install('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund');
  await install('python3', '-m', 'venv', '--clear', 'python');
  await install('python/bin/pip', 'install', '--quiet', '--disable-pip-version-check', '-r', 'requirements.txt');
  writeFileSync(stamp, wanted);
  return folder;
}

import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import execa from 'execa';
import { Refused } from '../../tools/parse/parse';
import {
  type Circumstances,
  composeInstallation,
  decide,
  explainMissing,
  findMissing,
  isDebianLike,
  SYSTEM_PACKAGES,
  type SystemPackage,
} from './packages';

/** Where Debian keeps servers; the path of an ordinary user often leaves these out. */
const SERVER_FOLDERS = ['/usr/sbin', '/sbin'];

/**
 * Makes sure that every system package is there: installs what is missing where somebody agreed to it.
 * @param agreed whether to install without asking.
 * @param command what needs them, for the message.
 * @throws Refused with what is missing, why it is needed and the exact command.
 */
export async function ensurePackages(
  agreed: boolean,
  packages: readonly SystemPackage[] = SYSTEM_PACKAGES,
  command = 'npm test',
): Promise<void> {
  const missing = findMissing(packages, isInstalled);
  if (missing.length === 0) return;
  const circumstances = observe(agreed);
  const decision = decide(circumstances);
  if (decision === 'refuse' || (decision === 'ask' && !(await ask(missing)))) {
    throw new Refused(explainMissing(missing, circumstances, command));
  }
  for (const [file, ...words] of composeInstallation(missing, circumstances.privilege, circumstances.terminal)) {
    await execa(file, words, { stdio: 'inherit' });
  }
  const still = findMissing(missing, isInstalled);
  if (still.length > 0) throw new Refused(explainMissing(still, circumstances, command));
}

/** The file that a command's name stands for; undefined where there is none. */
export const findCommand = (command: string, folders = searchedFolders(process.env.PATH)): string | undefined =>
  folders.map((folder) => join(folder, command)).find(isExecutable);

/** Folders of a path, then those of servers. An empty entry would mean the working directory, so it is dropped. */
export const searchedFolders = (path = ''): string[] => [
  ...path.split(delimiter).filter((folder) => folder !== ''),
  ...SERVER_FOLDERS,
];

const isInstalled = (command: string): boolean => findCommand(command) !== undefined;

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function observe(agreed: boolean): Circumstances {
  return {
    debianLike: isDebianLike(readOsRelease()),
    privilege: process.getuid?.() === 0 ? 'root' : isInstalled('sudo') ? 'sudo' : 'none',
    terminal: Boolean(process.stdin.isTTY && process.stdout.isTTY),
    agreed,
  };
}

/** Empty where there is no such file: macOS, say. */
function readOsRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}

async function ask(missing: readonly SystemPackage[]): Promise<boolean> {
  const names = missing.map((entry) => entry.package).join(', ');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const question = `Tests need ${names}. Install now? Debian starts servers that it installs. (y/N) `;
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

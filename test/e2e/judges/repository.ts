import { cpSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';

/** Files as they lie in the working tree, those that are new included. */
export async function copyOfTree(repository: string, folder: string): Promise<void> {
  const files = (await git(repository, 'ls-files', '-co', '--exclude-standard', '-z')).split('\0');
  // A file that was deleted is tracked until that is committed.
  for (const file of files.filter((name) => name !== '' && existsSync(join(repository, name)))) {
    cpSync(join(repository, file), join(folder, file));
  }
}

/** kB of files that no rule set of gitleaks passes over: it leaves out lock files and pictures. */
export function kilobytesOf(folder: string): number {
  const bytes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|ya?ml|md|pem)$/.test(entry.name))
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  return Math.floor(bytes / 1024);
}

export const isShallow = async (repository: string): Promise<boolean> =>
  (await git(repository, 'rev-parse', '--is-shallow-repository')) === 'true';

/** Commits of all branches that added a line: of others there is nothing to look at. */
export async function commitsOf(repository: string): Promise<number> {
  const words = ['log', '--all', '--full-history', '--diff-filter=tuxdb', '--format=commit %H', '--numstat'];
  return countCommits(await git(repository, ...words));
}

export const countCommits = (log: string): number =>
  log.split(/^commit /m).filter((commit) => /^[1-9]\d*\t/m.test(commit)).length;

/** Commits everything that lies in a repository of this run. */
export async function commit(repository: string, message: string): Promise<void> {
  const author = ['-c', 'user.name=planted', '-c', 'user.email=planted@example.com', '-c', 'commit.gpgsign=false'];
  await git(repository, 'add', '--all');
  await git(repository, ...author, 'commit', '--quiet', '--no-verify', '--message', message);
}

export async function git(repository: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await execa('git', words, { cwd: repository, maxBuffer: 1e9 });
  return stdout;
}

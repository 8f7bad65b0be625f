import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { Refused } from '../../../tools/parse/parse';

/** Shell of jenkins/ by path: named `.sh`, or starting with a line that calls sh or bash. Files that git does not know yet count too. */
export async function findShell(root: string): Promise<string[]> {
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate', '--', 'jenkins'];
  const { stdout } = await execa('git', listing, { cwd: root });
  return stdout
    .split('\0')
    .filter((path) => path !== '' && isShell(path, () => firstLine(join(root, path))))
    .sort();
}

export const isShell = (path: string, readFirstLine: () => string): boolean =>
  path.endsWith('.sh') || (!/\.[a-z]+$/.test(path) && /^#!.*\b(?:ba|da)?sh\b/.test(readFirstLine()));

/**
 * @throws Refused where shellcheck finds anything, or where there is no shell at all: then the search is wrong.
 */
export async function lintShell(root: string): Promise<void> {
  const paths = await findShell(root);
  if (paths.length === 0) throw new Refused(['jenkins/: no shell found; expected resources/slipway/*.sh']);
  const { exitCode } = await execa('shellcheck', paths, { cwd: root, stdio: 'inherit', reject: false });
  if (exitCode !== 0) throw new Refused([`shellcheck: findings in ${paths.length} files of jenkins/; see above`]);
  console.log(`   ${paths.length} files`);
}

/** Empty for what is listed but gone. */
function firstLine(path: string): string {
  try {
    return readFileSync(path, 'utf8').split('\n', 1)[0] ?? '';
  } catch {
    return '';
  }
}

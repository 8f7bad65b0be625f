import execa from 'execa';
import { Refused } from '../../parse/parse';

/** Output folders of a checkout: what `slipway pin` and `slipway synth` write between two commits. */
const WRITTEN_BY_US = ['dist', 'charts/environments/images'];

/** Variables by which a hook tells git of its own repository: ours is the one of the folder. */
const OF_HOOKS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'];

/** HEAD's commit, and whether `dist/` of an environment differs from it. @throws Refused where there is no commit. */
export function checkoutOf(root: string, environment: string): { commit: string; distDiffers: boolean } {
  return {
    commit: git(root, 'rev-parse', '--verify', 'HEAD^{commit}').trim(),
    distDiffers: changed(root, `dist/${environment}`, `dist/inventory/${environment}.json`).length > 0,
  };
}

/**
 * Files that differ from HEAD or that git does not know, but for ignored ones and for those that slipway writes itself.
 * @throws Refused where the folder is no checkout.
 */
export const uncommitted = (root: string): string[] =>
  changed(root, '.', ...WRITTEN_BY_US.map((path) => `:(exclude)${path}`));

/** Paths below the folder, as they are: `-z` quotes none, whatever `core.quotePath` says. */
function changed(root: string, ...paths: readonly string[]): string[] {
  const prefix = git(root, 'rev-parse', '--show-prefix').trim();
  return git(root, 'status', '--porcelain', '-z', '--untracked-files=all', '--no-renames', '--', ...paths)
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => entry.slice('XY '.length + prefix.length));
}

function git(root: string, ...words: readonly string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_HOOKS.includes(name)));
  // Looking must not compete with whoever writes: `status` would refresh the index under its lock.
  const result = execa.sync('git', ['--no-optional-locks', ...words], {
    cwd: root,
    reject: false,
    env,
    extendEnv: false,
  });
  if ((result as { code?: string }).code === 'ENOENT') {
    throw new Refused([
      'git: not found; expected git in the PATH, because a release records the commit that it comes from',
    ]);
  }
  if (result.exitCode !== 0) {
    throw new Refused([
      `${root}: git says ${JSON.stringify(result.stderr.trim())}; expected a git checkout with a commit, because a release records where it comes from. Next: release from a clone of the repository`,
    ]);
  }
  return result.stdout;
}

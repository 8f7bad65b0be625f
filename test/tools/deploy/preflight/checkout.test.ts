import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkoutOf, uncommitted } from '../../../../tools/deploy/preflight/checkout';
import { temporaryFolder } from '../../../support/copy';
import { faultsOf } from '../../../support/faults';
import { put } from '../../../support/trees';
import { checkout, git, repositoryOf } from './repositories';

describe('what is uncommitted', () => {
  it('is nothing after a commit', () => {
    expect(uncommitted(checkout())).toEqual([]);
  });

  it('is a change, a removal, a new file, staged or not, whatever its name', () => {
    const folder = checkout();
    put(folder, 'main.ts', 'y\n');
    rmSync(join(folder, 'charts/environments/lab.ts'));
    put(folder, 'charts/apps/ein "neues" – ä.ts', 'y\n');
    put(folder, 'staged.ts', 'y\n');
    git(folder, 'add', 'staged.ts');
    expect(uncommitted(folder).sort()).toEqual([
      'charts/apps/ein "neues" – ä.ts',
      'charts/environments/lab.ts',
      'main.ts',
      'staged.ts',
    ]);
  });

  it('is both ends of a renamed file', () => {
    const folder = checkout();
    renameSync(join(folder, 'main.ts'), join(folder, 'other.ts'));
    git(folder, 'add', '--all');
    expect(uncommitted(folder).sort()).toEqual(['main.ts', 'other.ts']);
  });

  it('is not what slipway writes itself, nor what git ignores', () => {
    const folder = checkout();
    put(folder, 'dist/lab/workloads/20-chat.yaml', 'y\n');
    put(folder, 'dist/new.yaml', 'y\n');
    put(folder, 'charts/environments/images/lab.json', '{"chat":"v1"}\n');
    put(folder, 'secrets/password', 'y\n');
    expect(uncommitted(folder)).toEqual([]);
  });

  it('is told from the checkout’s folder, and only of it, where a larger repository holds it', () => {
    const outer = checkout();
    put(outer, 'deploy/slipway/charts/x.ts', 'y\n');
    put(outer, 'deploy/slipway/dist/x.yaml', 'y\n');
    put(outer, 'elsewhere.ts', 'y\n');
    expect(uncommitted(join(outer, 'deploy/slipway'))).toEqual(['charts/x.ts']);
  });

  it('is asked of the folder’s own repository, inside a hook of another one, too', () => {
    const folder = checkout();
    put(folder, 'main.ts', 'y\n');
    process.env.GIT_DIR = join(repositoryOf({ 'other.ts': 'x\n' }), '.git');
    try {
      expect(uncommitted(folder)).toEqual(['main.ts']);
    } finally {
      delete process.env.GIT_DIR;
    }
  });
});

describe('a checkout', () => {
  it('is at HEAD’s commit, in full', () => {
    const folder = checkout();
    expect(checkoutOf(folder, 'lab')).toEqual({ commit: git(folder, 'rev-parse', 'HEAD'), distDiffers: false });
  });

  it.each(['dist/lab/workloads/20-chat.yaml', 'dist/lab/workloads/30-new.yaml', 'dist/inventory/lab.json'])(
    'differs from it where %s does',
    (path) => {
      const folder = checkout();
      put(folder, path, 'y\n');
      expect(checkoutOf(folder, 'lab').distDiffers).toBe(true);
    },
  );

  it('does not where another environment does', () => {
    const folder = checkout();
    put(folder, 'dist/kind/workloads/20-chat.yaml', 'y\n');
    expect(checkoutOf(folder, 'lab').distDiffers).toBe(false);
  });

  it('is refused where there is no repository, or no commit', () => {
    const bare = temporaryFolder();
    expect(faultsOf(() => checkoutOf(bare, 'lab'))).toEqual([expect.stringContaining('expected a git checkout')]);
    expect(faultsOf(() => uncommitted(bare))).toEqual([expect.stringContaining('expected a git checkout')]);
    git(bare, 'init', '--quiet');
    expect(faultsOf(() => checkoutOf(bare, 'lab'))).toEqual([expect.stringContaining('with a commit')]);
  });
});

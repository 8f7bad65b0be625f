/** The README's promise to somebody who has just cloned: two commands, and dist/ is what was committed. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { copyOfRepository } from './support/copy';

describe('a fresh clone', () => {
  it('installs by the lock file alone and synthesizes what git holds, byte for byte', async () => {
    const clone = copyOfRepository();
    rmSync(join(clone, 'node_modules'));
    const git = (...args: string[]) =>
      execa('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: clone });
    await git('init', '--quiet');
    await git('add', '--all');
    await git('commit', '--quiet', '--message', 'as cloned');

    await execa('npm', ['ci'], { cwd: clone });
    await execa('npm', ['run', 'synth'], { cwd: clone });

    expect((await git('status', '--porcelain')).stdout).toBe('');
  }, 600_000);
});

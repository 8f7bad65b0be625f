import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, run, temporaryFolder } from '../../support/copy';
import { commit, commitsOf, copyOfTree, countCommits, git, isShallow, kilobytesOf } from './repository';

describe('the commits that must have been looked at', () => {
  it('are those that added a line', () => {
    const log = [
      'commit aaa\n\n3\t0\tREADME.md\n',
      'commit bbb\n\n0\t2\tREADME.md\n',
      'commit ccc\n\n-\t-\tlogo.png\n',
      'commit ddd\n\n0\t1\ta\n10\t1\tb\n',
    ];
    expect(countCommits(log.join(''))).toBe(2);
    expect(countCommits('')).toBe(0);
  });
});

describe('the copy of the tree', () => {
  it('holds what git tracks or would track, and neither what it ignores nor what is gone', async () => {
    const repository = temporaryFolder();
    const copy = temporaryFolder();
    await run(repository, 'git', 'init', '--quiet');
    mkdirSync(join(repository, 'docs'));
    for (const file of ['docs/tracked.md', 'new.md', 'ignored.md', 'gone.md'])
      writeFileSync(join(repository, file), file);
    writeFileSync(join(repository, '.gitignore'), 'ignored.md\n');
    await run(repository, 'git', 'add', 'docs/tracked.md', 'gone.md');
    rmSync(join(repository, 'gone.md'));
    await copyOfTree(repository, copy);
    expect(Object.keys(filesIn(copy))).toEqual(['.gitignore', 'docs/tracked.md', 'new.md']);
  });
});

describe('the history', () => {
  it('is that of every branch, and known to be cut off where it is', async () => {
    const repository = temporaryFolder();
    const clone = temporaryFolder();
    await git(repository, 'init', '--quiet', '--initial-branch=main');
    for (const name of ['one', 'two']) {
      writeFileSync(join(repository, name), `${name}\n`);
      await commit(repository, name);
    }
    await git(repository, 'checkout', '--quiet', '-b', 'other', 'HEAD~1');
    writeFileSync(join(repository, 'three'), 'three\n');
    await commit(repository, 'three');
    expect(await commitsOf(repository)).toBe(3);
    expect(await isShallow(repository)).toBe(false);
    await git(clone, 'clone', '--quiet', '--depth=1', `file://${repository}`, 'cut');
    expect(await isShallow(join(clone, 'cut'))).toBe(true);
  });
});

describe('what must have been read of a tree', () => {
  it('is every kB of sources, manifests and prose, and no lock file', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a'));
    for (const file of ['a/a.ts', 'a.yaml', 'a.yml', 'a.md', 'key.pem', 'go.sum', 'package-lock.json']) {
      writeFileSync(join(folder, file), 'x'.repeat(1024));
    }
    expect(kilobytesOf(folder)).toBe(5);
  });
});

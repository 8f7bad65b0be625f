import { copyFileSync, lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as execa from 'execa';

const ROOT = join(__dirname, '../..');

/** Folders that this test file made; they go with its last test, so that any test or hook may make one. */
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/**
 * A copy of the repository in a folder of its own, for tests that write to `dist/` or change a source: what git tracks
 * and what it would track. `node_modules` is a link.
 */
export function copyOfRepository(): string {
  const copy = temporaryFolder();
  const { stdout } = execa.sync('git', ['ls-files', '-co', '--exclude-standard', '-z'], { cwd: ROOT });
  for (const file of stdout.split('\0').filter(isThere)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(copy, file));
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** An empty folder. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'slipway-')));
  made.push(folder);
  return folder;
}

/** Whether git's list still tells the truth: a tracked file that was deleted stands in it until that is committed. */
const isThere = (file: string): boolean =>
  file !== '' && lstatSync(join(ROOT, file), { throwIfNoEntry: false })?.isFile() === true;

import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import execa from 'execa';

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

/** Every file below a folder with its content, by path. */
export function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]));
}

/** Replaces a text in a file; fails where it is not there, so that a test never plants nothing. */
export function plant(folder: string, path: string, from: string, to: string): void {
  const text = readFileSync(join(folder, path), 'utf8');
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  writeFileSync(
    join(folder, path),
    text.replace(from, () => to),
  );
}

/** Runs a command to its end, whatever that is, as a CI server would: in a pipe, with no say about colours. */
export const run = (cwd: string, file: string, ...args: string[]) =>
  execa(file, args, { cwd, reject: false, env: { CI: 'true', NO_COLOR: undefined, FORCE_COLOR: undefined } });

/** Whether git's list still tells the truth: a tracked file that was deleted stands in it until that is committed. */
const isThere = (file: string): boolean =>
  file !== '' && lstatSync(join(ROOT, file), { throwIfNoEntry: false })?.isFile() === true;

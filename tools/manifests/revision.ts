import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { isManifestFile, loadTexts, type ManifestText } from './load';
import type { ManifestSet } from './manifest-set';

/** Bytes that git may answer with: a folder of tens of thousands of objects. */
const MOST_OUTPUT = 2 ** 29;

/** Why a revision could not be read. */
export interface Missing {
  readonly missing: string;
}

/**
 * A folder's manifests as git has them at a revision.
 * @param folder may be gone from the work tree.
 * @throws Refused where a file of that revision is no manifest.
 */
export function loadRevision(folder: string, revision: string): ManifestSet | Missing {
  const files = filesAt(folder, revision);
  if (isMissing(files)) return files;
  if (files.length === 0) return { missing: `${revision} holds no manifest below ${folder}` };
  return loadTexts(files, `${revision}:${folder}`);
}

export const isMissing = <Value extends object>(value: Value | Missing): value is Missing => 'missing' in value;

/** Names of the folders directly below a folder at a revision. */
export function foldersAt(folder: string, revision: string): readonly string[] | Missing {
  const listed = list(folder, revision);
  if (isMissing(listed)) return listed;
  return [...new Set(listed.files.flatMap(({ path }) => /^([^/]+)\//.exec(path)?.[1] ?? []))];
}

/** Manifest files below a folder at a revision. */
function filesAt(folder: string, revision: string): ManifestText[] | Missing {
  const listed = list(folder, revision);
  if (isMissing(listed)) return listed;
  const wanted = listed.files.filter(({ path }) => isManifestFile(path));
  const contents = git(listed.standing, ['cat-file', '--batch'], wanted.map(({ blob }) => `${blob}\n`).join(''));
  if (isMissing(contents)) return contents;
  const texts = splitBatch(contents.output);
  return wanted.map(({ path }, index) => ({ path: join(folder, path), text: texts[index] ?? '' }));
}

interface Listed {
  /** A folder of the repository that exists. */
  readonly standing: string;
  readonly files: readonly { readonly path: string; readonly blob: string }[];
}

/** Every file below a folder at a revision, by its path from there; links and submodules are none. */
function list(folder: string, revision: string): Listed | Missing {
  // git runs in a folder that exists; the one that is asked for may have been removed since.
  let standing = resolve(folder);
  while (!existsSync(standing)) standing = dirname(standing);
  const shown = git(standing, ['rev-parse', '--show-prefix']);
  if (isMissing(shown)) return shown;
  const commit = git(standing, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (isMissing(commit)) return { missing: `git knows no revision "${revision}"; expected a commit, branch or tag` };
  const rest = relative(standing, resolve(folder));
  const prefix = `${shown.output.toString().trimEnd()}${rest === '' ? '' : `${rest}/`}`;
  const below = prefix === '' ? [] : ['--', prefix];
  const tree = git(standing, ['ls-tree', '--full-tree', '-r', '-z', commit.output.toString().trim(), ...below]);
  if (isMissing(tree)) return tree;
  const files = tree.output
    .toString()
    .split('\0')
    .flatMap((line) => {
      const [, blob = '', path = ''] = /^100\d{3} blob (\w+)\t(.*)$/s.exec(line) ?? [];
      return path === '' ? [] : [{ blob, path: path.slice(prefix.length) }];
    });
  return { standing, files };
}

/** What `git cat-file --batch` wrote: a line that ends with the size, the content, a newline. */
function splitBatch(output: Buffer): string[] {
  const texts: string[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const size = Number(output.subarray(at, end).toString().split(' ').at(-1));
    texts.push(output.subarray(end + 1, end + 1 + size).toString());
    at = end + 1 + size + 1;
  }
  return texts;
}

function git(folder: string, words: readonly string[], input?: string): { readonly output: Buffer } | Missing {
  const { error, status, stdout, stderr } = spawnSync('git', words, { cwd: folder, input, maxBuffer: MOST_OUTPUT });
  if (error) return { missing: `git does not run here (${error.message})` };
  if (status === 0) return { output: stdout };
  return { missing: stderr.toString().trim().split('\n')[0] || `git ${words[0]} failed with code ${status}` };
}

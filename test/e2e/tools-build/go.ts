import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import execa from 'execa';
import { Refused } from '../../../tools/parse/parse';

/** What is built from Go's sources, and with which Go. */
export interface Sources {
  readonly name: string;
  /** Version of Go that the module asks for; none where nothing is built. */
  readonly go?: string;
}

/**
 * Builds a package of a tool's module. What is there under the name is whole: an unfinished build has another.
 * @param folder of the module.
 * @param target file of the program.
 * @param flags beside those that every build has.
 */
export async function buildPackage(
  folder: string,
  path: string,
  target: string,
  flags: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<void> {
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(dirname(target), { recursive: true });
  // Two packages at a time: the linker of a large tool takes gigabytes. A commit's hash in the binary would say nothing.
  const words = ['build', '-p', '2', '-mod=readonly', '-buildvcs=false', ...flags, '-o', unfinished, path];
  try {
    await go(folder, words, env);
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/**
 * Runs the go command; its errors are shown as they are.
 * @param folder its working directory.
 */
export async function go(folder: string, words: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<string> {
  // A workspace or flags of the user's would build something else than what is pinned.
  const env = { GOWORK: 'off', GOFLAGS: '', ...more };
  const { exitCode, stdout, stderr } = await execa('go', words, { cwd: folder, env, reject: false });
  if (exitCode === 0) return stdout;
  throw new Refused([
    `go ${words.join(' ')}: ended with code ${exitCode} in ${folder}; expected 0. It said: ${(stderr || stdout).trim()}`,
  ]);
}

/**
 * @param wanted the npm script that needs it.
 * @throws Refused where there is no go command: with the version that is wanted, and for what.
 */
export async function requireGo(tools: readonly Sources[], wanted: string): Promise<void> {
  const { failed } = await execa('go', ['version'], { reject: false });
  if (failed) throw new Refused([explainNoGo(tools, wanted)]);
}

export const explainNoGo = (tools: readonly Sources[], wanted: string): string =>
  `go: not found; expected Go ${newest(tools.flatMap(({ go: version }) => version ?? []))} or newer to build ${tools.map(({ name }) => name).join(', ')} from test/e2e/tools. Install it from https://go.dev/dl; only \`npm run ${wanted}\` needs it, \`npm test\` does not.`;

const newest = (versions: readonly string[]): string =>
  [...versions].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? '';

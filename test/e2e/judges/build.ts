import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import execa from 'execa';
import { Refused } from '../../../tools/parse/parse';
import type { Tool } from './modules';

/** Where what is built once stays: below the user's cache folder. */
export function cacheFolder({ XDG_CACHE_HOME, HOME }: NodeJS.ProcessEnv = process.env): string {
  return join(XDG_CACHE_HOME || join(HOME || homedir(), '.cache'), 'slipway', 'judges');
}

export const binaryOf = ({ name, hash }: Tool, cache = cacheFolder()): string => join(cache, `${name}-${hash}`);

/** Builds the tools whose binary is missing, one after another: together they would not fit a small machine's memory. */
export async function buildMissing(tools: readonly Tool[], print: (line: string) => void): Promise<void> {
  const missing = tools.filter((tool) => !existsSync(binaryOf(tool)));
  if (missing.length === 0) return;
  await requireGo(missing);
  print(
    `building ${missing.length} of ${tools.length} judges into ${cacheFolder()}; all of them take minutes the first time`,
  );
  for (const tool of missing) {
    const started = performance.now();
    await build(tool);
    print(`  ${tool.name} ${tool.version}: built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

async function build(tool: Tool): Promise<void> {
  const target = binaryOf(tool);
  const unfinished = `${target}.${process.pid}`;
  mkdirSync(cacheFolder(), { recursive: true });
  // Two packages at a time: the linker of a large tool takes gigabytes. A commit's hash in the binary would say nothing.
  const words = ['build', '-p', '2', '-mod=readonly', '-buildvcs=false', '-o', unfinished, tool.package];
  try {
    await go(tool.folder, words);
    renameSync(unfinished, target);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/**
 * Runs the go command; its errors are shown as they are.
 * @param folder its working directory.
 */
export async function go(folder: string, words: readonly string[]): Promise<string> {
  // A workspace or flags of the user's would build something else than what is pinned.
  const env = { GOWORK: 'off', GOFLAGS: '' };
  const { exitCode, stdout, stderr } = await execa('go', words, { cwd: folder, env, reject: false });
  if (exitCode === 0) return stdout;
  throw new Refused([
    `go ${words.join(' ')}: ended with code ${exitCode} in ${folder}; expected 0. It said: ${(stderr || stdout).trim()}`,
  ]);
}

/** @throws Refused where there is no go command: with the version that is wanted, and for what. */
export async function requireGo(tools: readonly Pick<Tool, 'name' | 'go'>[]): Promise<void> {
  const { failed } = await execa('go', ['version'], { reject: false });
  if (failed) throw new Refused([explainNoGo(tools)]);
}

export const explainNoGo = (tools: readonly Pick<Tool, 'name' | 'go'>[]): string =>
  `go: not found; expected Go ${newest(tools.map((tool) => tool.go))} or newer to build ${tools.map(({ name }) => name).join(', ')} from test/e2e/tools. Install it from https://go.dev/dl; only \`npm run verify:static\` needs it, \`npm test\` does not.`;

const newest = (versions: readonly string[]): string =>
  [...versions].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? '';

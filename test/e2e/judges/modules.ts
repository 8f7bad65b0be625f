import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from '../../../tools/parse/parse';

/** One module a tool: what it is built from, and the only place where its version stands. */
const TOOLS = join(__dirname, '../tools');

/** Files that decide what a tool's binary is. */
const isSource = (name: string): boolean => /^go\.(mod|sum)$|\.go$/.test(name);

/** A tool as its module pins it. */
export interface Tool {
  readonly name: string;
  /** Folder of its module. */
  readonly folder: string;
  /** Package that is built: the module's own, or the one of its `tool` line. */
  readonly package: string;
  /** Of the module that has the package; of the library it is a shell around, where the package is our own. */
  readonly version: string;
  /** Version of Go that the module asks for. */
  readonly go: string;
  /** Changes whenever anything that the binary is built from changes. */
  readonly hash: string;
}

export const toolNames = (): string[] =>
  readdirSync(TOOLS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

export function readTool(name: string, tools = TOOLS): Tool {
  const folder = join(tools, name);
  const hash = createHash('sha256');
  for (const file of readdirSync(folder).filter(isSource).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(folder, file)))
      .update('\0');
  }
  const pinned = readModule(readFileSync(join(folder, 'go.mod'), 'utf8'), name);
  return { name, folder, hash: hash.digest('hex').slice(0, 16), ...pinned };
}

/** Reads what the go.mod of a tool pins. */
export function readModule(text: string, name: string): Pick<Tool, 'package' | 'version' | 'go'> {
  const go = /^go (\S+)$/m.exec(text)?.[1];
  const tool = /^tool (\S+)$/m.exec(text)?.[1];
  const required = [...text.matchAll(/^(?:require )?\s*(\S+\.\S+\/\S+) (v\S+)( \/\/ indirect)?$/gm)].map(
    ([, path = '', version = '', indirect]) => ({ path, version, indirect: indirect !== undefined }),
  );
  // The longest path that the package lies below is its module; a main.go of ours is named after its library.
  const module = tool
    ? required.filter(({ path }) => `${tool}/`.startsWith(`${path}/`)).sort((a, b) => b.path.length - a.path.length)[0]
    : required.filter(({ indirect }) => !indirect).find(({ path }) => path.includes(name));
  if (go === undefined || module === undefined) {
    throw new Refused([
      `test/e2e/tools/${name}/go.mod: pins no ${go === undefined ? 'version of Go' : 'judge'}; expected a go line, and a tool line whose module is required or a required library named after the folder`,
    ]);
  }
  return { package: tool ?? '.', version: module.version, go };
}

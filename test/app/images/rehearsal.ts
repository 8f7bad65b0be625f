import { cpSync, existsSync, lstatSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import execa from 'execa';
import { temporaryFolder } from '../../support/copy';
import { copyContext } from './context';
import { type Config, readStages, type Step } from './dockerfile';
import { type Cell, confine } from './sandbox';

/** What the steps of a Dockerfile left: files below a folder, and what a process of them is given. */
export interface Rehearsed {
  readonly root: string;
  readonly config: Config;
}

/**
 * Performs a Dockerfile's steps without a container engine, on this machine's node and npm instead of the base image:
 * what the steps do is shown, what the base image brings is not. npm downloads what its cache does not hold.
 */
export async function rehearse(repository: string, dockerfile: string): Promise<Rehearsed> {
  const folder = temporaryFolder();
  const context = join(folder, 'context');
  copyContext(repository, context);
  const base = join(folder, 'base');
  await makeBase(base);
  const roots = new Map<string, string>();
  let last: Rehearsed | undefined;
  for (const { name, base: from, steps, config } of readStages(dockerfile)) {
    const root = join(folder, `stage-${name}`);
    await execa('cp', ['--archive', roots.get(from) ?? base, root]);
    roots.set(name, root);
    for (const step of steps) {
      if (step.kind === 'run') await runStep(root, step);
      else copyStep(root, step.from === undefined ? context : sourceOf(step.from, roots), step);
    }
    last = { root, config };
  }
  if (last === undefined) throw new Error('the Dockerfile has no stage');
  return last;
}

/** A cell in which a process of the image has what a pod gives it: its user, a root to read, /tmp. */
export const podOf = ({ root, config }: Rehearsed, env: Readonly<Record<string, string>> = {}): Cell => ({
  root,
  writable: false,
  user: config.user,
  folder: config.folder,
  env: { ...config.env, ...env },
});

/** As the official image lies: node, npm and yarn below /usr/local and /opt. */
async function makeBase(root: string): Promise<void> {
  const { stdout } = await execa('npm', ['root', '--global']);
  const packages = join(root, 'usr/local/lib/node_modules');
  const commands = join(root, 'usr/local/bin');
  for (const path of [packages, commands, join(root, 'root'), join(root, 'opt/yarn-v1/bin')])
    mkdirSync(path, { recursive: true });
  await execa('cp', ['--archive', join(stdout, 'npm'), packages]);
  for (const command of ['npm', 'npx'])
    symlinkSync(`../lib/node_modules/npm/bin/${command}-cli.js`, join(commands, command));
  for (const path of ['opt/yarn-v1/bin/yarn', 'usr/local/bin/corepack', 'usr/local/bin/yarn', 'usr/local/bin/yarnpkg'])
    writeFileSync(join(root, path), '');
}

async function runStep(root: string, { command, config }: Extract<Step, { kind: 'run' }>): Promise<void> {
  const { folder, user } = config;
  const npm = await npmOfThisMachine();
  const env = { HOME: '/root', ...config.env, ...npm.env };
  const cell = { root, writable: true, user, folder, env, shared: { '/npm-cache': npm.cache } };
  const confined = confine(cell, ['sh', '-c', command]);
  const options = { env: confined.env, extendEnv: false, all: true, reject: false } as const;
  const { exitCode, all } = await execa(confined.file, confined.args, options);
  if (exitCode !== 0) throw new Error(`RUN ${command}: ended with ${exitCode}\n${all}`);
}

/** How npm reaches packages from here: this machine's cache, its registry, and the variables about proxies and authorities. */
function npmOfThisMachine(): Promise<{ env: Record<string, string>; cache: string }> {
  asked ??= (async () => {
    const setting = async (name: string) => (await execa('npm', ['config', 'get', name])).stdout;
    const names = /^(https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+)$/i;
    const variables = Object.entries(process.env).filter(([name]) => names.test(name)) as [string, string][];
    const npm = { registry: await setting('registry'), cache: '/npm-cache', prefer_offline: 'true' };
    const settings = Object.entries(npm).map(([name, value]) => [`npm_config_${name}`, value]);
    return { env: Object.fromEntries([...variables, ...settings]), cache: await setting('cache') };
  })();
  return asked;
}
let asked: Promise<{ env: Record<string, string>; cache: string }> | undefined;

function sourceOf(stage: string, roots: ReadonlyMap<string, string>): string {
  const root = roots.get(stage);
  if (root === undefined) throw new Error(`COPY --from=${stage}: no such stage; images of others are not rehearsed`);
  return root;
}

/** Folders give what they hold, files themselves. */
function copyStep(root: string, from: string, { sources, target, config }: Extract<Step, { kind: 'copy' }>): void {
  const path = join(root, resolve(config.folder, target));
  const intoFolder = target.endsWith('/') || sources.length > 1 || isFolder(path);
  for (const source of sources) {
    if (!existsSync(join(from, source))) throw new Error(`COPY ${source}: not there; does .dockerignore admit it?`);
    const asIs = lstatSync(join(from, source)).isDirectory() || !intoFolder;
    cpSync(join(from, source), asIs ? path : join(path, basename(source)), { recursive: true, verbatimSymlinks: true });
  }
}

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import execa, { type ExecaChildProcess } from 'execa';
import { INGRESS_AUTHORITY } from '../doubles/ingress';
import { RUN } from './addresses';
import { fillIn } from './fill-in';

const ROOT = join(__dirname, '../../../..');

/** What a command is run with. */
export interface Circumstances {
  /** File of kubeconfig; without it none, not even the user's own. */
  readonly kubeconfig?: string;
  /** Variables beside those that every command has. */
  readonly env?: NodeJS.ProcessEnv;
  /** What stands in its standard input; default: nothing. */
  readonly input?: string;
}

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A user's clone of this repository: sample values replaced, images pinned, synthesized, committed. */
export interface Checkout {
  readonly folder: string;
  /** Runs `slipway` of the clone to its end, whatever that is. */
  slipway(words: readonly string[], circumstances?: Circumstances): Promise<Ended>;
  /** Starts `slipway` of the clone for a test that signals it. */
  start(words: readonly string[], circumstances?: Circumstances): ExecaChildProcess;
  /** Pins images by tag, and by the digest that stands for it where the environment wants digests; synthesizes. */
  pin(environment: string, tags: Readonly<Record<string, string>>): Promise<void>;
  /** Changes a file of the clone. @throws where the change changes nothing. */
  edit(file: string, change: (text: string) => string): void;
  /** Renders dist/ anew. @throws where it does not come about. */
  synth(): Promise<void>;
  /** Commits everything. @returns the commit. */
  commit(subject?: string): Promise<string>;
  git(...words: string[]): Promise<string>;
  remove(): void;
}

/** Makes a clone. The first of a run is filled in, which takes some seconds; further ones are clones of that. */
export async function createCheckout(): Promise<Checkout> {
  const base = join(RUN, 'checkout');
  if (!existsSync(base)) await fillBase(base);
  const folder = mkdtempSync(join(RUN, 'clone-'));
  await git(folder, 'clone', '--quiet', base, '.');
  return openCheckout(folder);
}

/** Clones what is committed, lays the work tree over it, and edits it as the sample's adopter would. */
async function fillBase(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await git(ROOT, 'clone', '--quiet', '--no-hardlinks', ROOT, unfinished);
  const listed = (...words: string[]) => git(ROOT, 'ls-files', '-z', ...words).then((text) => text.split('\0'));
  for (const file of await listed('--deleted')) if (file) rmSync(join(unfinished, file), { force: true });
  const files = (await listed('--cached', '--others', '--exclude-standard')).filter(
    (file) => file && existsSync(join(ROOT, file)),
  );
  for (const file of files) {
    mkdirSync(dirname(join(unfinished, file)), { recursive: true });
    copyFileSync(join(ROOT, file), join(unfinished, file));
  }
  const checkout = await openCheckout(unfinished);
  for (const file of FILLED_IN.flatMap((path) => typescriptIn(unfinished, path))) {
    writeFileSync(join(unfinished, file), fillIn(readFileSync(join(unfinished, file), 'utf8')));
  }
  for (const environment of environmentsOf(unfinished)) writePins(unfinished, environment, { chat: 'v1', hello: 'v1' });
  await checkout.synth();
  await checkout.commit('our own values');
  await execa('mv', [unfinished, folder]);
}

/** Folders whose fields an adopter fills in. */
const FILLED_IN = ['cluster/specs', 'charts/environments'];

const typescriptIn = (root: string, path: string): string[] =>
  readdirSync(join(root, path))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(path, name));

const IMAGES = 'charts/environments/images';

const environmentsOf = (root: string): string[] =>
  readdirSync(join(root, IMAGES)).map((name) => name.replace(/\.json$/, ''));

async function openCheckout(folder: string): Promise<Checkout> {
  await git(folder, 'config', 'user.name', 'A. Deployer');
  await git(folder, 'config', 'user.email', 'deployer@slipway.test');
  // A link is no folder to .gitignore.
  appendFileSync(join(folder, '.git/info/exclude'), '/node_modules\n');
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));

  const start = (words: readonly string[], { kubeconfig, env = {}, input = '' }: Circumstances = {}) =>
    execa(process.execPath, [join(folder, 'tools/cli/bin.js'), ...words], {
      cwd: folder,
      reject: false,
      input,
      env: {
        KUBECONFIG: kubeconfig ?? '/nowhere',
        NODE_EXTRA_CA_CERTS: INGRESS_AUTHORITY,
        NO_COLOR: '1',
        FORCE_COLOR: undefined,
        ...env,
      },
    });

  const synth = async () => {
    const { exitCode, stdout, stderr } = await start(['synth']);
    if (exitCode !== 0) throw new Error(`slipway synth ended with code ${exitCode}: ${stdout}${stderr}`);
  };

  return {
    folder,
    start,
    synth,
    slipway: async (words, circumstances) => {
      const { exitCode, stdout, stderr } = await start(words, circumstances);
      return { exitCode: exitCode ?? -1, stdout, stderr };
    },
    pin: async (environment, tags) => {
      writePins(folder, environment, tags);
      await synth();
    },
    edit: (file, change) => {
      const before = readFileSync(join(folder, file), 'utf8');
      const after = change(before);
      if (after === before) throw new Error(`${file}: the change changes nothing`);
      writeFileSync(join(folder, file), after);
    },
    commit: async (subject = 'a change') => {
      await git(folder, 'add', '--all');
      await git(folder, 'commit', '--quiet', '--allow-empty', '--no-verify', '--message', subject);
      return git(folder, 'rev-parse', 'HEAD');
    },
    git: (...words) => git(folder, ...words),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Pins by hand what `slipway pin` writes; pins that are not named stay. */
function writePins(root: string, environment: string, tags: Readonly<Record<string, string>>): void {
  const file = join(root, IMAGES, `${environment}.json`);
  const byDigest = /reference: 'digest'/.test(
    readFileSync(join(root, `charts/environments/${environment}.ts`), 'utf8'),
  );
  const pins: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
  for (const [image, tag] of Object.entries(tags)) pins[image] = byDigest ? `${tag}@${digestOf(image, tag)}` : tag;
  writeFileSync(file, `${JSON.stringify(pins, null, 2)}\n`);
}

/** Digest of an image that nobody built: it only has to be another for another image. */
export const digestOf = (image: string, tag: string): string =>
  `sha256:${createHash('sha256').update(`${image}:${tag}`).digest('hex')}`;

const git = async (folder: string, ...words: string[]): Promise<string> =>
  (await execa('git', words, { cwd: folder, env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' } }))
    .stdout;

import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, relative, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import execa from 'execa';
import { Refused } from '../../../tools/parse/parse';
import { buildPrograms, missingPrograms, pathWith, readPrograms } from './programs';
import { SUITES, type Suites } from './suites';

const JEST = ['node_modules/jest/bin/jest.js', '--config', join(__dirname, 'jest.config.js')];
const BENCH = join(__dirname, 'bench.ts');

interface Options {
  readonly times: number;
  readonly lanes: number;
  readonly suites: string;
  readonly bench?: true;
  readonly fillCache?: true;
}

/** `npm run e2e:api`: what slipway does on a real control plane. `npm run e2e:jenkins`: what the pipeline does there. */
new Command('npm run e2e:api --')
  .description(
    'Build the pinned programs of a control plane where they are missing, and run the suites that stand on it.',
  )
  .argument('[jest...]', 'what jest is given: a path, or -t with a name, after a further --')
  .addOption(new Option('--times <n>', 'run every suite so often').argParser(count).default(1))
  .addOption(
    new Option('--lanes <n>', 'suites at once, each with a control plane of its own').argParser(count).default(3),
  )
  .addOption(
    new Option('--suites <folder>', 'folder of the suites').choices(Object.keys(SUITES)).default('test/e2e/api'),
  )
  .option('--bench', 'measure instead: npm run bench:deploy')
  .option('--fill-cache', 'build what is missing and stop; exit code 3 where anything was')
  .addHelpText(
    'after',
    '\nExit codes:\n  0  done\n  1  a suite failed, or something is missing\n  3  --fill-cache built something',
  )
  .action(async (words: string[], options: Options) => {
    try {
      process.exitCode = await main(words, options);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      console.error(error.message);
      process.exitCode = 1;
    }
  })
  .parseAsync();

function count(value: string): number {
  if (!/^[1-9]\d?$/.test(value)) throw new InvalidArgumentError('expected a number from 1 to 99');
  return Number(value);
}

async function main(words: readonly string[], options: Options): Promise<number> {
  const { times, lanes, suites: folder, bench, fillCache } = options;
  const suites = SUITES[folder] as Suites;
  const started = performance.now();
  const programs = suites.sources.map((source) => readPrograms(source));
  const wasMissing = missingPrograms(programs).length > 0;
  await buildPrograms(programs, console.log, suites.command);
  // The suites get the terminal's Ctrl-C too and end; what they leave in the folder goes with it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  const run = mkdtempSync(join(tmpdir(), 'slipway-e2e-'));
  try {
    const { paths, env: prepared } = await suites.prepare(run);
    console.log(`build: ${seconds(started)} s`);
    if (fillCache) return wasMissing ? 3 : 0;
    await requireNamespaces();
    const env = { ...prepared, PATH: [...paths, pathWith(programs)].join(delimiter), SLIPWAY_E2E: run };
    if (bench)
      return await inNamespaces([process.execPath, '-r', 'ts-node/register', BENCH], env, { stdio: 'inherit' });
    for (let time = 1; time <= times; time++) {
      if (times > 1) console.log(`\nrun ${time} of ${times}`);
      const failed = await runSuites(words, { folder, lanes }, env);
      if (failed.length > 0) {
        console.log(`failed: ${failed.join(', ')}`);
        return 1;
      }
    }
    console.log(`all of it: ${seconds(started)} s`);
    return 0;
  } finally {
    rmSync(run, { recursive: true, force: true });
  }
}

/** Words of `unshare`: its addresses are nobody else's, and nothing that is started in it outlives it. */
const isolated = (): string[] => [
  ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
  ...['--net', '--pid', '--fork', '--kill-child', '--mount-proc', '--mount'],
];

/** @throws Refused where this user may make no namespaces. */
async function requireNamespaces(): Promise<void> {
  const { exitCode, stderr, failed } = await execa('unshare', [...isolated(), 'true'], { reject: false });
  if (!failed && exitCode === 0) return;
  throw new Refused([
    `unshare: makes no namespaces; expected Linux, and root or a user who may make user namespaces. A container wants --privileged. It said: ${stderr || 'nothing'}`,
  ]);
}

/** Runs suites, several at once: most of their time goes by waiting for pods. @returns those that failed. */
async function runSuites(
  words: readonly string[],
  { folder: suites, lanes }: { readonly folder: string; readonly lanes: number },
  run: NodeJS.ProcessEnv & { readonly SLIPWAY_E2E: string },
): Promise<string[]> {
  const waiting = await listSuites(suites, words);
  // Options such as -t choose within a suite; paths chose the suites.
  const option = words.findIndex((word) => word.startsWith('-'));
  const options = option < 0 ? [] : words.slice(option);
  const failed: string[] = [];
  const follow = async (lane: number) => {
    const folder = join(run.SLIPWAY_E2E, `lane-${lane}`);
    mkdirSync(folder, { recursive: true });
    // A folder of its own: whoever is root in there only may not write to root's.
    const jest = [
      process.execPath,
      ...JEST,
      '--roots',
      resolve(suites),
      '--cacheDirectory',
      join(folder, 'jest'),
      '--runInBand',
    ];
    for (let suite = waiting.shift(); suite !== undefined; suite = waiting.shift()) {
      const env = { ...run, SLIPWAY_E2E: folder };
      if ((await inNamespaces([...jest, suite, ...options], env)) !== 0) failed.push(relative('', suite));
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => follow(lane)));
  return failed;
}

/** Runs a command in namespaces of its own; shows what it said at once or, without a `stdio`, when it has ended. */
async function inNamespaces(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  { stdio }: { stdio?: 'inherit' } = {},
): Promise<number> {
  const words = [...isolated(), 'bash', join(__dirname, 'inside.sh'), ...command];
  const { exitCode = 1, all } = await execa('unshare', words, { all: true, reject: false, env, stdio });
  if (all) console.log(all);
  return exitCode;
}

/** Suites that the words of the command line name; drills and then the largest first, so that no long one is left for the end. */
async function listSuites(folder: string, words: readonly string[]): Promise<string[]> {
  const { stdout } = await execa(process.execPath, [...JEST, '--roots', resolve(folder), '--listTests', ...words]);
  const suites = stdout.split('\n').filter((file) => file !== '');
  if (suites.length === 0) throw new Refused([`${words.join(' ')}: names no suite; expected one of ${folder}`]);
  const weight = (suite: string) => statSync(suite).size + (basename(suite).startsWith('drills-') ? 1e6 : 0);
  return suites.sort((a, b) => weight(b) - weight(a));
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

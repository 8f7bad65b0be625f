import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import execa from 'execa';
import { Refused } from '../../../tools/parse/parse';
import { buildPrograms, missingPrograms, pathWith, readPrograms, SOURCES } from './programs';

interface Options {
  readonly times: number;
  readonly fillCache?: true;
}

/** `npm run e2e:api`: what slipway does on a real control plane. */
new Command('npm run e2e:api --')
  .description(
    'Build the pinned programs of a control plane where they are missing, and run the suites of test/e2e/api.',
  )
  .argument('[jest...]', 'what jest is given: a path, or -t with a name, after a further --')
  .addOption(new Option('--times <n>', 'run every suite so often').argParser(count).default(1))
  .option('--fill-cache', 'build what is missing and stop; exit code 3 where anything was')
  .addHelpText(
    'after',
    '\nExit codes:\n  0  done\n  1  a suite failed, or something is missing\n  3  --fill-cache built something',
  )
  .action(async (words: string[], { times, fillCache }: Options) => {
    try {
      process.exitCode = await main(words, times, fillCache === true);
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

async function main(words: readonly string[], times: number, fillCache: boolean): Promise<number> {
  const started = performance.now();
  const programs = SOURCES.map((source) => readPrograms(source));
  const wasMissing = missingPrograms(programs).length > 0;
  await buildPrograms(programs, console.log);
  console.log(`build: ${seconds(started)} s`);
  if (fillCache) return wasMissing ? 3 : 0;
  await requireNamespaces();
  // The suites get the terminal's Ctrl-C too and end; what they leave in the folder goes with it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  const run = mkdtempSync(join(tmpdir(), 'slipway-e2e-'));
  try {
    for (let time = 1; time <= times; time++) {
      if (times > 1) console.log(`\nrun ${time} of ${times}`);
      const code = await runSuites(words, { PATH: pathWith(programs), SLIPWAY_E2E: run });
      if (code !== 0) return code;
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

async function runSuites(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { exitCode } = await execa('unshare', [...isolated(), 'bash', join(__dirname, 'inside.sh'), ...words], {
    stdio: 'inherit',
    reject: false,
    env,
  });
  return exitCode ?? 1;
}

const seconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

import { Command, Option } from 'commander';
import type { Outcome } from '../deploy/secrets/secrets';
import { Refused } from '../parse/parse';
import { seconds } from './duration';
import { UsageError } from './errors';
import { exitCodes } from './exit-codes';
import { bundleOf, printer } from './session';
import { type ClusterOptions, withTarget } from './target';

interface Options extends ClusterOptions {
  readonly from?: string;
  readonly stdin?: true;
  readonly generate?: true;
  readonly rotate?: true;
  readonly check?: true;
  readonly timeout: number;
}

/** `slipway secrets ENV` */
export const secretsCommand = (): Command =>
  withTarget(new Command('secrets'))
    .description('Create and change the Secrets that an environment needs, and restart who read older values.')
    .argument('<environment>', 'environment of dist/')
    .option('--from <folder>', 'take values from files <folder>/<secret>/<key>')
    .option('--stdin', 'take values from JSON: {"<secret>":{"<key>":"<value>"}}')
    .option('--generate', 'make up what is neither given nor in the cluster: for test clusters')
    .option('--rotate', "change a database's own password in the database first")
    .addOption(
      new Option('--check', 'say what is there and what is missing; change nothing').conflicts([
        'from',
        'stdin',
        'generate',
        'rotate',
      ]),
    )
    .addOption(new Option('--timeout <duration>', 'for all restarts together').argParser(seconds).default(300, '5m'))
    .addHelpText('after', HELP)
    .addHelpText(
      'after',
      exitCodes({
        0: 'every Secret is there, and everybody runs with it',
        1: 'refused, with nothing written; something is missing; or what was written does not run yet',
        2: 'the command line was wrong',
      }),
    )
    .action(async (environment: string, options: Options) => {
      const bundle = bundleOf(environment);
      const { Api }: typeof import('../deploy/api/client') = require('../deploy/api/client');
      const { ApiError, Unreachable }: typeof import('../deploy/api/error') = require('../deploy/api/error');
      const engine: typeof import('../deploy/secrets/secrets') = require('../deploy/secrets/secrets');
      const { execIn }: typeof import('../deploy/secrets/exec') = require('../deploy/secrets/exec');
      const print = printer(options);
      // Before the cluster is asked: what is wrong with the input is wrong everywhere.
      const { given, notes } = options.check ? { given: [], notes: [] } : await sources(bundle, options);
      refuse(await rightContext(bundle, options));
      const api = await Api.open(options);
      try {
        if (options.check) return report(await engine.checkSecrets(bundle, api), options);
        const outcome = await engine.bringSecrets(
          bundle,
          { given, generate: options.generate === true, rotate: options.rotate === true, timeout: options.timeout },
          { api, tell: execIn(options, bundle.namespace), print },
        );
        tellOutcome({ ...outcome, notes: [...notes, ...outcome.notes] }, options);
      } catch (error) {
        throw error instanceof ApiError || error instanceof Unreachable ? new Refused([error.message]) : error;
      } finally {
        api.close();
      }
    });

const HELP = `
Values come from variables, --from and --stdin; never from the command line, and no message shows one.
  variables  SLIPWAY_SECRET_<SECRET>_<KEY>, in capitals, "_" for what is no letter and no digit: SLIPWAY_SECRET_CHAT_SESSION_KEY
  --from     one line break at the end of a file is no part of the value; certificates are taken as they are
  --stdin    for what a password manager prints
What is not given stays as it is. All is checked before anything is written, and a value that is there already is no change.

Who reads a changed value restarts, those who are called before those who call: a new password of Redis restarts Redis,
then its callers, which are not ready in between. Whoever read a value that was not there yet is not restarted.
A database took its password at its first start and ignores a changed Secret. --rotate changes it in the running
database by exec, which the deployer may not do, then the Secret; where either fails, both stay as they were. The
database and its callers restart. Where the command was broken off, run it again with the same values.
The chat's session_key takes two keys, "new,old": sessions go on. Give the new one alone after SESSION_HOURS.`;

/** Why the kubeconfig leads somewhere else: a password given to another cluster is out of hand. */
async function rightContext({ inventory }: ReturnType<typeof bundleOf>, target: Options): Promise<readonly string[]> {
  const endpoint: typeof import('../deploy/preflight/endpoint') = require('../deploy/preflight/endpoint');
  return endpoint.judgeContext(target, inventory.apiEndpoint);
}

function refuse(faults: readonly string[]): void {
  if (faults.length > 0) throw new Refused(faults);
}

async function sources({ inventory: { secrets: contract } }: ReturnType<typeof bundleOf>, options: Options) {
  const read: typeof import('../deploy/secrets/given') = require('../deploy/secrets/given');
  const { given, notes } = read.givenByVariables(contract, process.env);
  const byFolder = options.from === undefined ? [] : read.givenByFolder(contract, options.from);
  const byText = options.stdin ? read.givenByText(contract, await readStdin()) : [];
  return { given: read.gather([given, byFolder, byText]), notes };
}

async function readStdin(): Promise<string> {
  if (process.stdin.isTTY) throw new UsageError(['--stdin: is a terminal, which shows what is typed; expected a pipe']);
  const { text } = await import('node:stream/consumers');
  return text(process.stdin);
}

type Check = Awaited<ReturnType<typeof import('../deploy/secrets/secrets')['checkSecrets']>>;

function report({ environment, keys, faults }: Check, options: Options): void {
  const missing = keys.filter(({ state }) => state === 'missing');
  if (options.json) process.stdout.write(`${JSON.stringify({ environment, keys, faults }, null, 2)}\n`);
  else {
    const print = printer(options);
    for (const { secret, key, state } of keys) print(`  ${state.padEnd(7)}  ${secret}/${key}`);
    print(`${environment}: ${keys.length - missing.length} of ${keys.length} keys are there`);
    refuse(faults);
  }
  if (missing.length + faults.length > 0) process.exitCode = 1;
}

function tellOutcome(outcome: Outcome, options: Options): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
    return;
  }
  const print = printer(options);
  const { environment, created, changed, generated, rotated, restarted, notes } = outcome;
  for (const name of created) print(`  ${generated.includes(name) ? 'generated' : 'created  '}  ${name}`);
  for (const name of changed) print(`  ${rotated.includes(name) ? 'rotated  ' : 'changed  '}  ${name}`);
  for (const note of notes) print(`note: ${note}`);
  const written = created.length + changed.length;
  if (written + restarted.length === 0) print(`${environment}: nothing to change; every Secret is there`);
  else {
    print(
      `${environment}: ${written} value${written === 1 ? '' : 's'} written; ${restarted.length > 0 ? `${restarted.join(', ')} restarted` : 'nothing had to restart'}`,
    );
  }
}

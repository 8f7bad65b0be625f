import { Command, Option } from 'commander';
import type { Outcome } from '../deploy/deploy';
import { colours } from './colours';
import { confirm, isAskable, requireConsent } from './confirm';
import { seconds } from './duration';
import { ROOT } from './environments';
import { UsageError } from './errors';
import { exitCodes } from './exit-codes';
import { judging } from './judging';
import { BROKEN, inSession, printer } from './session';
import { type ClusterOptions, withTarget } from './target';

interface Options extends ClusterOptions {
  readonly dryRun?: true;
  readonly yes?: true;
  readonly adopt?: true;
  readonly pruneData?: true;
  readonly timeout: number;
}

/** Exit codes of commands that change a release. */
export const RELEASE_CODES = {
  0: 'it runs; or nothing was to be changed',
  1: 'it failed, and what ran before runs again (after a first deploy: what it made is gone); or what runs is not well',
  2: 'refused, and nothing was changed',
  [BROKEN]: 'it failed, and what ran before could not be put back: run the same command again, it does that first',
};

/** `slipway deploy ENV` */
export const deployCommand = (): Command =>
  withTarget(new Command('deploy'))
    .description('Bring a cluster to what dist/<environment> holds, verify it, and put everything back if that fails.')
    .argument('<environment>', 'environment of dist/')
    .option('--dry-run', 'ask the cluster and show what would change; change nothing')
    .option('--yes', 'do not ask')
    .option('--adopt', 'take over objects and fields that others made')
    .option('--prune-data', 'delete the claims of StatefulSets that go, and what they hold')
    .addOption(new Option('--timeout <duration>', 'for everything together').argParser(seconds).default(600, '10m'))
    .addHelpText(
      'after',
      `
In this order: preflight (sources, samples, images, tools, cluster, access, namespace, secrets), what would change and
what that puts at risk, your consent, release, verification, a request to each smoke address. SIGINT, SIGTERM and every
failure put back what ran before; explanations land in ./diagnostics. Only one deploy works on an environment at a time.`,
    )
    .addHelpText('after', exitCodes(RELEASE_CODES))
    .action(async (environment: string, options: Options) => {
      report(await judging(() => run(environment, options)), options);
    });

async function run(environment: string, options: Options): Promise<Outcome> {
  const { deploy }: typeof import('../deploy/deploy') = require('../deploy/deploy');
  const { preflight }: typeof import('../deploy/preflight/preflight') = require('../deploy/preflight/preflight');
  const { checkoutOf }: typeof import('../deploy/preflight/checkout') = require('../deploy/preflight/checkout');
  if (!options.dryRun) requireConsent({ yes: options.yes, what: `deploy ${environment}` });
  const { staleFiles }: typeof import('../../main') = require('../../main');
  // The longest of all questions; it starts before the cluster is asked anything. Whoever asks hears of a failure.
  const stale = staleFiles([environment]);
  stale.catch(() => undefined);
  return inSession(environment, options, async (session) => {
    const { api, bundle, by, print } = session;
    const findings = await preflight({
      bundle,
      api,
      target: options,
      root: ROOT,
      staleFiles: () => stale,
      pruneData: options.pruneData === true,
    });
    refuseFaults(findings);
    print(`preflight: ${findings.length} questions, nothing stands against it`);
    for (const note of findings.flatMap(({ notes }) => notes)) print(`note: ${note}`);
    return deploy(session, {
      dryRun: options.dryRun === true,
      adopt: options.adopt === true,
      pruneData: options.pruneData === true,
      timeout: options.timeout,
      facts: { commit: checkoutOf(ROOT, environment).commit, by },
      ...consents(options, session.interrupted),
    });
  });
}

/** @throws UsageError with every fault of a preflight. */
export function refuseFaults(findings: readonly { readonly faults: readonly string[] }[]): void {
  const faults = findings.flatMap((finding) => finding.faults);
  if (faults.length > 0) throw new UsageError(faults);
}

/** What a release shows and asks, as options of the command line say. */
export function consents(options: ClusterOptions & { readonly yes?: true }, interrupted?: AbortSignal) {
  const { showText }: typeof import('../diff/text') = require('../diff/text');
  const { reportOf }: typeof import('../diff/compare') = require('../diff/compare');
  const print = printer(options);
  return {
    show: (comparison: Parameters<typeof reportOf>[0][number]) =>
      print(showText(reportOf([comparison]), colours).trimEnd()),
    ask: async (question: string) => options.yes === true || confirm(question, interrupted),
    offer: async (question: string) => options.yes !== true && isAskable() && confirm(question, interrupted),
  };
}

/** Prints how a release ended, and sets the exit code. */
export function report(outcome: Outcome, options: ClusterOptions): void {
  if (options.json) process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
  else for (const line of summary(outcome)) printer(options)(line);
  const { result, reason } = outcome;
  if (result === 'broken') process.exitCode = BROKEN;
  else if (reason !== undefined) process.exitCode = 1;
}

function summary({ environment, result, revision, commit, reason, diagnostics, notes }: Outcome): string[] {
  const where = `revision ${revision}, commit ${commit?.slice(0, 12)}`;
  const lines = {
    deployed: [...notes, `${environment} runs ${where}; verified`],
    unchanged: [...notes, `${environment}: nothing to change; it runs ${where}`],
    'dry-run': [`${environment}: a dry run; nothing was changed`],
    declined: [`${environment}: not agreed to; nothing was changed`],
    restored: [`${environment}: failed; ${where} runs again`],
    removed: [`${environment}: the first deploy failed; what it made is gone, claims stay`],
    broken: [
      `${environment}: failed, and what ran before could not be put back. Run slipway deploy ${environment} again`,
    ],
  }[result];
  return [
    ...lines,
    ...(reason === undefined ? [] : [`reason: ${reason}`]),
    ...(diagnostics === undefined ? [] : [`diagnostics: ${diagnostics}`]),
  ];
}

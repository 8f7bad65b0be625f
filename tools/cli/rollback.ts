import { Command, InvalidArgumentError, Option } from 'commander';
import { requireConsent } from './confirm';
import { consents, RELEASE_CODES, refuseFaults, report } from './deploy';
import { seconds } from './duration';
import { ROOT } from './environments';
import { exitCodes } from './exit-codes';
import { judging } from './judging';
import { inSession } from './session';
import { type ClusterOptions, withTarget } from './target';

interface Options extends ClusterOptions {
  readonly dryRun?: true;
  readonly yes?: true;
  readonly timeout: number;
}

/** `slipway rollback ENV [REVISION]` */
export const rollbackCommand = (): Command =>
  withTarget(new Command('rollback'))
    .description('Go back to an earlier release, all of it, and verify it. dist/ and git stay as they are.')
    .argument('<environment>', 'environment of dist/')
    .argument(
      '[revision]',
      'revision of `slipway history`; by default the newest that ran and holds something else',
      revision,
    )
    .option('--dry-run', 'show what would change; change nothing')
    .option('--yes', 'do not ask')
    .addOption(new Option('--timeout <duration>', 'for everything together').argParser(seconds).default(600, '10m'))
    .addHelpText('after', exitCodes(RELEASE_CODES))
    .action(async (environment: string, to: number | undefined, options: Options) => {
      if (!options.dryRun) requireConsent({ yes: options.yes, what: `rollback ${environment}` });
      const { rollback }: typeof import('../deploy/rollback') = require('../deploy/rollback');
      const outcome = await judging(() =>
        inSession(environment, options, async (session) => {
          refuseFaults(await clusterQuestions(session, options));
          return rollback(session, {
            dryRun: options.dryRun === true,
            timeout: options.timeout,
            revision: to,
            ...consents(options, session.interrupted),
          });
        }),
      );
      report(outcome, options);
    });

/** What must hold of the cluster, whatever the checkout holds. */
export function clusterQuestions(
  { bundle, api }: import('../deploy/carry').Session,
  target: ClusterOptions,
  pruneData = false,
) {
  const {
    preflight,
    CLUSTER,
  }: typeof import('../deploy/preflight/preflight') = require('../deploy/preflight/preflight');
  return preflight({ bundle, api, target, root: ROOT, staleFiles: async () => [], pruneData }, CLUSTER);
}

function revision(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError(`${JSON.stringify(text)} is no revision such as 3.`);
  return Number(text);
}

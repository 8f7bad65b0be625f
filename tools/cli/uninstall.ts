import { Command, Option } from 'commander';
import { requireConsent } from './confirm';
import { consents, refuseFaults } from './deploy';
import { seconds } from './duration';
import { exitCodes } from './exit-codes';
import { judging } from './judging';
import { clusterQuestions } from './rollback';
import { inSession, printer } from './session';
import { type ClusterOptions, withTarget } from './target';

interface Options extends ClusterOptions {
  readonly yes?: true;
  readonly pruneData?: true;
  readonly timeout: number;
}

/** `slipway uninstall ENV` */
export const uninstallCommand = (): Command =>
  withTarget(new Command('uninstall'))
    .description('Remove what the release of an environment made. Claims, Secrets, platform and history stay.')
    .argument('<environment>', 'environment of dist/')
    .option('--yes', 'do not ask')
    .option('--prune-data', 'delete the claims too, and what they hold')
    .addOption(new Option('--timeout <duration>', 'until everything is gone').argParser(seconds).default(300, '5m'))
    .addHelpText(
      'after',
      exitCodes({ 0: 'removed', 1: 'failed half-way; run it again', 2: 'refused, and nothing was changed' }),
    )
    .action(async (environment: string, options: Options) => {
      requireConsent({ yes: options.yes, what: `uninstall ${environment}` });
      const { uninstall }: typeof import('../deploy/uninstall') = require('../deploy/uninstall');
      const { result, reason, removed, claims } = await judging(() =>
        inSession(environment, options, async (session) => {
          refuseFaults(await clusterQuestions(session, options, options.pruneData));
          return uninstall(session, {
            pruneData: options.pruneData === true,
            timeout: options.timeout,
            ask: consents(options, session.interrupted).ask,
          });
        }),
      );
      if (options.json)
        process.stdout.write(`${JSON.stringify({ environment, result, reason, removed, claims }, null, 2)}\n`);
      else if (result === 'failed')
        printer(options)(`${environment}: not everything is gone; run it again. Reason: ${reason}`);
      else if (result === 'declined') printer(options)(`${environment}: not agreed to; nothing was changed`);
      else printer(options)(`${environment}: ${removed.length} objects removed; claims that stay: ${claims.length}`);
      if (result === 'failed') process.exitCode = 1;
    });

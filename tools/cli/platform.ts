import { Command } from 'commander';
import type { PlatformOutcome } from '../deploy/platform';
import { requireConsent } from './confirm';
import { consents } from './deploy';
import { exitCodes } from './exit-codes';
import { judging } from './judging';
import { bundleOf, printer } from './session';
import { type ClusterOptions, withTarget } from './target';

interface Options extends ClusterOptions {
  readonly dryRun?: true;
  readonly yes?: true;
  readonly adopt?: true;
}

/** `slipway platform ENV` */
export const platformCommand = (): Command =>
  withTarget(new Command('platform'))
    .description("Apply the administrator's part of an environment: namespace, quota, access, storage.")
    .argument('<environment>', 'environment of dist/')
    .option('--dry-run', 'ask the cluster and show what would change; change nothing')
    .option('--yes', 'do not ask')
    .option('--adopt', 'take over fields that others own')
    .addHelpText(
      'after',
      `
Applies dist/<environment>/platform in the order of its files, on the server's side, as slipway-platform-<environment>.
Deletes nothing: what is no longer rendered is named, and stays. Needs rights of the whole cluster; a release does not.`,
    )
    .addHelpText(
      'after',
      exitCodes({
        0: 'it stands as dist/ has it; or nothing was to be changed',
        1: 'it broke off on the way: run the same command again',
        2: 'refused, and nothing was changed',
      }),
    )
    .action(async (environment: string, options: Options) => {
      report(await judging(() => run(environment, options)), options);
    });

async function run(environment: string, options: Options): Promise<PlatformOutcome> {
  if (!options.dryRun) requireConsent({ yes: options.yes, what: `platform ${environment}` });
  const { Api }: typeof import('../deploy/api/client') = require('../deploy/api/client');
  const { applyPlatform }: typeof import('../deploy/platform') = require('../deploy/platform');
  const bundle = bundleOf(environment);
  const api = await Api.open(options);
  try {
    const { show, ask } = consents(options);
    return await applyPlatform(api, options, bundle, {
      dryRun: options.dryRun === true,
      adopt: options.adopt === true,
      print: printer(options),
      show,
      ask,
    });
  } finally {
    api.close();
  }
}

function report(outcome: PlatformOutcome, options: Options): void {
  if (options.json) process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
  else printer(options)(summary(outcome));
  if (outcome.result === 'failed') process.exitCode = 1;
}

function summary({ environment, result, applied, reason }: PlatformOutcome): string {
  const what = `platform of ${environment}`;
  switch (result) {
    case 'applied':
      return `${what}: applied, ${applied.length} objects`;
    case 'unchanged':
      return `${what}: nothing to change`;
    case 'dry-run':
      return `${what}: a dry run; nothing was changed`;
    case 'declined':
      return `${what}: not agreed to; nothing was changed`;
    case 'failed':
      return `${what}: broke off after ${applied.length} objects, which stay\nreason: ${reason}`;
  }
}

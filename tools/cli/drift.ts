import { Command } from 'commander';
import { colours } from './colours';
import { exitCodes } from './exit-codes';
import { judging } from './judging';
import { bundleOf } from './session';
import { type ClusterOptions, withTarget } from './target';

/** `slipway drift ENV` */
export const driftCommand = (): Command =>
  withTarget(new Command('drift'))
    .description('Say what stands otherwise in the cluster than the deployed release left it, and who wrote it.')
    .argument('<environment>', 'environment of dist/')
    .addHelpText(
      'after',
      `
The cluster is held against the release that runs, not against dist/, which may be ahead of it: objects that are gone,
fields that are others, fields that somebody added. What the control plane writes, and the number of pods that an
autoscaler chose, are no drift. Changes nothing; asking takes the right to apply (a server-side dry run).`,
    )
    .addHelpText(
      'after',
      exitCodes({ 0: 'as released', 1: 'something differs', 2: 'could not judge, or the command line was wrong' }),
    )
    .action((environment: string, options: ClusterOptions) => judging(() => run(environment, options)));

async function run(environment: string, options: ClusterOptions): Promise<void> {
  const { Api }: typeof import('../deploy/api/client') = require('../deploy/api/client');
  const { drift, hasDrifted }: typeof import('../deploy/drift') = require('../deploy/drift');
  const { ownCluster }: typeof import('../deploy/live/where') = require('../deploy/live/where');
  const { showDrift }: typeof import('../deploy/live/drift-text') = require('../deploy/live/drift-text');
  const bundle = bundleOf(environment);
  const api = await Api.open(options);
  try {
    await ownCluster(api, bundle, options);
    const found = await drift(api, { name: environment, namespace: bundle.namespace });
    const text = options.json ? JSON.stringify(found, null, 2) : showDrift(found, colours);
    process.stdout.write(`${text}\n`);
    if (hasDrifted(found)) process.exitCode = 1;
  } finally {
    api.close();
  }
}

import { Command } from 'commander';
import { lintCommand } from '../../cluster/cli/lint';
import { pinCommand } from '../../cluster/cli/pin';
import { planCommand } from '../../cluster/cli/plan';
import { exitCodes } from './exit-codes';

/** `slipway cluster …` */
export const clusterCommand = (): Command =>
  new Command('cluster')
    .description('What builds a cluster: its plan, the checksums of what it fetches, its balancers looked at.')
    .addCommand(planCommand())
    .addCommand(pinCommand())
    .addCommand(lintCommand())
    .addHelpText('after', exitCodes({ 0: 'done', 1: "see the command's help", 2: 'the command line was wrong' }));

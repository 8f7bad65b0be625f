import { Command } from 'commander';
import { exitCodes } from '../../tools/cli/exit-codes';
import { Refused } from '../../tools/parse/parse';
import { isOnMachines } from '../machines';
import { pinChecksums } from '../pins/pin';
import { downloadsOf } from '../render/downloads';

/** `slipway cluster pin` */
export const pinCommand = (): Command =>
  new Command('pin')
    .description('Download every file that machines fetch, and write its checksum to cluster/checksums.json.')
    .option('--again', 'download those that have a checksum, too, and refuse one that changed')
    .addHelpText(
      'after',
      `
Run it where the internet is. A checksum is what came over TLS at this moment: compare it with what the project
publishes before you commit it. Files without one are refused by the scripts. Then: slipway synth, and review dist/.`,
    )
    .addHelpText(
      'after',
      exitCodes({
        0: 'every file has its checksum',
        1: 'a file was not to be had, or is not what it was; what was had is written',
        2: 'the command line was wrong',
      }),
    )
    .action(async ({ again }: { again?: true }) => {
      const { clusters }: typeof import('../specs') = require('../specs');
      const wanted = clusters.filter(isOnMachines).flatMap((cluster) => downloadsOf(cluster).map(({ url }) => url));
      const faults = await pinChecksums([...new Set(wanted)].sort(), { again: again === true });
      if (faults.length > 0) throw new Refused(faults);
      console.log('cluster/checksums.json has every checksum. Next: slipway synth, then review dist/ and commit both.');
    });

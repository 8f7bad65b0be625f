import { Command } from 'commander';
import { exitCodes } from './exit-codes';
import { asUsage, openEnvironment, pinImages, showPinned } from './pins';

/** `slipway promote FROM TO [IMAGE…]` */
export const promoteCommand = (): Command =>
  new Command('promote')
    .description('Run in one environment what another one runs: copy its pins, write dist/, show what that does.')
    .argument('<from>', 'environment whose pins are copied')
    .argument('<to>', 'environment that gets them')
    .argument('[images...]', 'images to promote; without any, every image of this repository that both run')
    .option('--json', 'print what was pinned, and the diff, as JSON')
    .addHelpText(
      'after',
      `
All or nothing, as \`slipway pin\`. Where the two have different registries, the target's is asked whether it has the
same content; it is reached with what \`docker login\` left. An image that nobody built is not promoted.

Examples:
  slipway promote lab production
  slipway promote lab production chat`,
    )
    .addHelpText(
      'after',
      exitCodes({
        0: 'promoted, or the same already',
        1: 'refused: an image cannot go, or the synth refused; nothing was changed',
        2: 'the command line was wrong',
      }),
    )
    .action(async (fromName: string, toName: string, names: string[], { json }: { json?: true }) => {
      const promote: typeof import('../deploy/images/promote') = require('../deploy/images/promote');
      const { registryClient }: typeof import('../deploy/images/registry') = require('../deploy/images/registry');
      const {
        dockerCredentials,
      }: typeof import('../deploy/images/credentials') = require('../deploy/images/credentials');
      const [from, to] = [openEnvironment(fromName), openEnvironment(toName)];
      const images = asUsage(() => promote.promotions(from, to, names));
      const pins = await promote.promotedPins(from, to, images, registryClient(dockerCredentials));
      const pinned = await pinImages(to, pins);
      process.stdout.write(json ? `${JSON.stringify(pinned, null, 2)}\n` : showPinned(pinned));
    });

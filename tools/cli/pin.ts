import { Command } from 'commander';
import { exitCodes } from './exit-codes';
import { asUsage, openEnvironment, pinImages, showPinned } from './pins';

/** `slipway pin ENV IMAGE=TAG[@DIGEST]…` */
export const pinCommand = (): Command =>
  new Command('pin')
    .description('Say which build of an image an environment runs; write its dist/ and show what that does.')
    .argument('<environment>', 'environment that runs the image')
    .argument('<pins...>', 'image=tag or image=tag@sha256:…, as many as you like')
    .option('--json', 'print what was pinned, and the diff, as JSON')
    .addHelpText(
      'after',
      `
Pins stand in charts/environments/images/<environment>.json. All or nothing: where a chart refuses, the file and dist/
stay as they are. A digest is demanded where the environment's images.reference is "digest". Stock images may be
pinned, too: a pin replaces the release that the chart names.

Examples:
  slipway pin kind chat=4f1c2a9
  slipway pin production chat=4f1c2a9@sha256:<64 hex digits> hello=81be07d@sha256:<64 hex digits>`,
    )
    .addHelpText(
      'after',
      exitCodes({
        0: 'pinned, or pinned so already',
        1: 'refused by the synth; nothing was changed',
        2: 'the command line was wrong',
      }),
    )
    .action(async (name: string, words: string[], { json }: { json?: true }) => {
      const { readPins }: typeof import('../deploy/images/pins') = require('../deploy/images/pins');
      const environment = openEnvironment(name);
      const pinned = await pinImages(
        environment,
        asUsage(() => readPins(environment, words)),
      );
      process.stdout.write(json ? `${JSON.stringify(pinned, null, 2)}\n` : showPinned(pinned));
    });

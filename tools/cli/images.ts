import { Command } from 'commander';
import type { PinnedEnvironment } from '../deploy/images/pins';
import type { Resolution } from '../deploy/images/resolve';
import { colours } from './colours';
import { exitCodes } from './exit-codes';
import { openEnvironment, type Pinned, pinImages, showPinned } from './pins';

interface Options {
  readonly resolve?: true;
  readonly json?: true;
}

/** `slipway images ENV` */
export const imagesCommand = (): Command =>
  new Command('images')
    .description('List the images that an environment runs: where, from which registry, which tag and digest.')
    .argument('<environment>', 'environment whose images are listed')
    .option('--resolve', 'ask the registries for digests: pin those that are missing, check those that are there')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
--resolve writes as \`slipway pin\` does, and only where the environment's images.reference is "digest"; elsewhere it
prints what it found. Registries are reached with what \`docker login\` left; a tag that moved is told, never followed.

Examples:
  slipway images production
  slipway images production --resolve`,
    )
    .addHelpText(
      'after',
      exitCodes({
        0: 'listed; with --resolve: every image that was built is in its registry',
        1: 'an image is missing in its registry, a registry does not answer, or the synth refused',
        2: 'the command line was wrong',
      }),
    )
    .action(async (name: string, options: Options) => {
      const { listImages, showImages }: typeof import('../deploy/images/list') = require('../deploy/images/list');
      const environment = openEnvironment(name);
      const images = listImages(environment);
      if (!options.resolve) {
        process.stdout.write(
          options.json ? `${JSON.stringify({ environment: name, images }, null, 2)}\n` : showImages(images),
        );
        return;
      }
      const { resolutions, pinned, isTroubled } = await resolve(environment);
      const answer = { environment: name, images, resolutions, pinned };
      process.stdout.write(
        options.json
          ? `${JSON.stringify(answer, null, 2)}\n`
          : `${showImages(images)}\n${resolutions.map(showResolution).join('')}${pinned ? `\n${showPinned(pinned)}` : ''}`,
      );
      if (isTroubled) process.exitCode = 1;
    });

async function resolve(environment: PinnedEnvironment) {
  const resolving: typeof import('../deploy/images/resolve') = require('../deploy/images/resolve');
  const { registryClient }: typeof import('../deploy/images/registry') = require('../deploy/images/registry');
  const { dockerCredentials }: typeof import('../deploy/images/credentials') = require('../deploy/images/credentials');
  const resolutions = await resolving.resolveImages(environment, registryClient(dockerCredentials));
  const pins = resolving.resolvedPins(environment, resolutions);
  const pinned: Pinned | undefined = Object.keys(pins).length > 0 ? await pinImages(environment, pins) : undefined;
  return { resolutions, pinned, isTroubled: resolutions.some(resolving.isTrouble) };
}

const showResolution = ({ image, state, says }: Resolution): string => {
  const isWrong = state === 'missing' || state === 'unknown';
  const isOdd = state === 'tag moved' || state === 'tag gone';
  const paint = isWrong ? colours.red : isOdd ? colours.yellow : colours.green;
  return `${image}: ${paint(state)}: ${says}\n`;
};

import { Command } from 'commander';
import type { PinnedEnvironment } from '../deploy/images/pins';
import type { Resolution } from '../deploy/images/resolve';
import { colours } from './colours';
import { exitCodes } from './exit-codes';
import { openEnvironment, pinImages, showPinned } from './pins';

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
    .action(async (name: string, { resolve, json }: Options) => {
      const { listImages, showImages }: typeof import('../deploy/images/list') = require('../deploy/images/list');
      const environment = openEnvironment(name);
      const images = listImages(environment);
      if (!json) print(showImages(images));
      const found = resolve ? await resolveAll(environment) : undefined;
      // What the registries said is told first: pinning it may be refused.
      if (found && !json) print(`\n${found.resolutions.map(showResolution).join('')}`);
      const pinned = found && Object.keys(found.pins).length > 0 ? await pinImages(environment, found.pins) : undefined;
      if (pinned && !json) print(`\n${showPinned(pinned)}`);
      if (json)
        print(`${JSON.stringify({ environment: name, images, resolutions: found?.resolutions, pinned }, null, 2)}\n`);
      if (found?.isTroubled) process.exitCode = 1;
    });

function print(text: string): void {
  process.stdout.write(text);
}

async function resolveAll(environment: PinnedEnvironment) {
  const resolving: typeof import('../deploy/images/resolve') = require('../deploy/images/resolve');
  const { registryClient }: typeof import('../deploy/images/registry') = require('../deploy/images/registry');
  const { dockerCredentials }: typeof import('../deploy/images/credentials') = require('../deploy/images/credentials');
  const resolutions = await resolving.resolveImages(environment, registryClient(dockerCredentials));
  return {
    resolutions,
    pins: resolving.resolvedPins(environment, resolutions),
    isTroubled: resolutions.some(resolving.isTrouble),
  };
}

const showResolution = ({ image, state, says }: Resolution): string => {
  const isWrong = state === 'missing' || state === 'unknown';
  const isOdd = state === 'tag moved' || state === 'tag gone';
  const paint = isWrong ? colours.red : isOdd ? colours.yellow : colours.green;
  return `${image}: ${paint(state)}: ${says}\n`;
};

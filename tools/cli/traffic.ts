import { Command, Option } from 'commander';
import type { Flow } from '../manifests/traffic/matrix';
import { Refused } from '../parse/parse';
import { environmentFolders } from './environments';
import { UsageError } from './errors';
import { exitCodes } from './exit-codes';

interface Options {
  readonly mermaid?: true;
  readonly json?: true;
}

/** The flows of one folder. */
interface Matrix {
  readonly folder: string;
  readonly flows: readonly Flow[];
}

/** `slipway traffic [DIR…]` */
export const trafficCommand = (): Command =>
  new Command('traffic')
    .description(
      'Print who may talk to whom, and on which ports, as the network policies of a folder have it. Offline.',
    )
    .argument('[folders...]', 'folders of manifests; without any, every environment of dist/')
    .addOption(new Option('--mermaid', 'print a Mermaid flowchart for each folder').conflicts('json'))
    .option('--json', 'print flows as JSON')
    .addHelpText(
      'after',
      `
What has no row is denied. "anyone" is everybody whom no policy of their own keeps from it. Addresses are those
of no pod: manifests do not know which addresses pods will get. Pods on their node's network are beyond policies.`,
    )
    .addHelpText(
      'after',
      exitCodes({
        0: 'printed',
        1: 'a fault of slipway itself',
        2: 'a folder could not be read, or the command line was wrong',
      }),
    )
    .action((folders: string[], options: Options) => {
      try {
        process.stdout.write(show(matricesOf(folders.length > 0 ? folders : environmentFolders()), options));
      } catch (error) {
        throw error instanceof Refused ? new UsageError(error.faults) : error;
      }
    });

function matricesOf(folders: readonly string[]): Matrix[] {
  const { loadFolder }: typeof import('../manifests/load') = require('../manifests/load');
  const { trafficOf }: typeof import('../manifests/traffic/matrix') = require('../manifests/traffic/matrix');
  return folders.map((folder) => ({ folder, flows: trafficOf(loadFolder(folder)) }));
}

function show(matrices: readonly Matrix[], { mermaid, json }: Options): string {
  if (json) return `${JSON.stringify(matrices, null, 2)}\n`;
  const { trafficGraph }: typeof import('../manifests/traffic/mermaid') = require('../manifests/traffic/mermaid');
  const { textTable }: typeof import('../manifests/traffic/table') = require('../manifests/traffic/table');
  // A line that starts with %% is a comment of Mermaid's, so that one folder's output is a graph as it stands.
  const shown = matrices.map(({ folder, flows }) =>
    mermaid ? `%% ${folder}\n${trafficGraph(flows)}` : `${folder}\n\n${textTable(flows)}`,
  );
  return shown.join('\n');
}

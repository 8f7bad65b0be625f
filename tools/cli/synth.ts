import { Command } from 'commander';
import type { Synthesis } from '../../main';
import { colours } from './colours';
import { exitCodes } from './exit-codes';

/** `slipway synth [ENV…]` */
export const synthCommand = (): Command =>
  new Command('synth')
    .description('Write what every environment runs, and what every cluster is built from, to dist/. All or nothing.')
    .argument('[environments...]', 'environments to write; without any, all of them and the clusters')
    .option('--json', 'print what changed as JSON')
    .addHelpText(
      'after',
      `
Types are checked beside it: a misspelt or mistyped field stops the synth with file and line.
Only files that changed are written, and only files that an earlier synth wrote are removed.`,
    )
    .addHelpText(
      'after',
      exitCodes({ 0: 'done', 1: 'refused or failed; nothing was changed', 2: 'the command line was wrong' }),
    )
    .action(async (names: string[], { json }: { json?: true }) => {
      const { synth }: typeof import('../../main') = require('../../main');
      const synthesis = await synth(names);
      process.stdout.write(json ? `${JSON.stringify(synthesis, null, 2)}\n` : summary(synthesis));
    });

function summary({ written, removed, environments, clusters, files, objects }: Synthesis): string {
  const lines = [
    ...written.map((path) => `  ${colours.green('written')}  dist/${path}`),
    ...removed.map((path) => `  ${colours.red('removed')}  dist/${path}`),
    ...(clusters.length === 0 ? [] : [`dist/cluster/ holds what builds the clusters ${clusters.join(', ')}.`]),
    `dist/ holds ${objects} objects in ${files} files for ${environments.join(', ')}: ${written.length} written, ${removed.length} removed.`,
  ];
  return `${lines.join('\n')}\n`;
}

import { Command } from 'commander';
import picocolors from 'picocolors';
import type { Synthesis } from '../../main';

/** `slipway synth [ENV…]` */
export const synthCommand = (): Command =>
  new Command('synth')
    .description('Write what every environment runs to dist/, as it would be applied. All or nothing.')
    .argument('[environments...]', 'environments to write; without any, all of them')
    .option('--json', 'print what changed as JSON')
    .addHelpText(
      'after',
      `
Types are checked beside it: a misspelt or mistyped field stops the synth with file and line.
Only files that changed are written, and only files that an earlier synth wrote are removed.`,
    )
    .action(async (names: string[], { json }: { json?: true }) => {
      const { synth }: typeof import('../../main') = require('../../main');
      const synthesis = await synth(names);
      process.stdout.write(json ? `${JSON.stringify(synthesis, null, 2)}\n` : summary(synthesis));
    });

/** A terminal that wants colours gets them; picocolors alone would colour every log of a CI server. */
const colours = picocolors.createColors(process.stdout.isTTY ? process.stdout.hasColors() : false);

function summary({ written, removed, environments, files, objects }: Synthesis): string {
  const lines = [
    ...written.map((path) => `  ${colours.green('written')}  dist/${path}`),
    ...removed.map((path) => `  ${colours.red('removed')}  dist/${path}`),
    `dist/ holds ${objects} objects in ${files} files for ${environments.join(', ')}: ${written.length} written, ${removed.length} removed.`,
  ];
  return `${lines.join('\n')}\n`;
}

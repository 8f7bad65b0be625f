import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { Refused } from '../parse/parse';
import { UsageError } from './errors';
import { synthCommand } from './synth';

/** Exit codes of every subcommand, unless its help says otherwise. */
const EXIT = { done: 0, refused: 1, usage: 2 } as const;

const EXIT_CODES = `
Exit codes:
  0  done
  1  refused or failed; nothing was changed unless the message says so
  2  the command line was wrong`;

/** Runs `slipway` with the process's arguments. Sets the exit code; never throws. */
export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command('slipway')
    .description('Charts to reviewed manifests to a running cluster.')
    .version(version)
    .addCommand(synthCommand());
  for (const command of [program, ...program.commands]) command.exitOverride().addHelpText('after', EXIT_CODES);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Prints what went wrong, once, and says how the process ends. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UsageError) {
    console.error(error.message);
    return EXIT.usage;
  }
  console.error(error instanceof Refused ? error.message : error);
  return EXIT.refused;
}

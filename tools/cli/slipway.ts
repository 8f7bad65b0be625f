import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { Refused } from '../parse/parse';
import { checkCommand } from './check';
import { clusterCommand } from './cluster';
import { deployCommand } from './deploy';
import { diffCommand } from './diff';
import { driftCommand } from './drift';
import { UsageError } from './errors';
import { exitCodes } from './exit-codes';
import { historyCommand } from './history';
import { imagesCommand } from './images';
import { pinCommand } from './pin';
import { platformCommand } from './platform';
import { promoteCommand } from './promote';
import { rollbackCommand } from './rollback';
import { secretsCommand } from './secrets';
import { statusCommand } from './status';
import { synthCommand } from './synth';
import { trafficCommand } from './traffic';
import { uninstallCommand } from './uninstall';

/** Exit codes of what ends in an error; judges have codes of their own for what they found. */
const EXIT = { done: 0, refused: 1, usage: 2 } as const;

/** Runs `slipway` with the process's arguments. Sets the exit code; never throws. */
export async function run(argv: readonly string[]): Promise<void> {
  const program = new Command('slipway')
    .description('Charts to reviewed manifests to a running cluster.')
    .version(version)
    .addCommand(synthCommand())
    .addCommand(checkCommand())
    .addCommand(diffCommand())
    .addCommand(trafficCommand())
    .addCommand(platformCommand())
    .addCommand(secretsCommand())
    .addCommand(deployCommand())
    .addCommand(statusCommand())
    .addCommand(historyCommand())
    .addCommand(driftCommand())
    .addCommand(rollbackCommand())
    .addCommand(uninstallCommand())
    .addCommand(imagesCommand())
    .addCommand(pinCommand())
    .addCommand(promoteCommand())
    .addCommand(clusterCommand())
    .addHelpText('after', exitCodes({ 0: 'done', 1: "see the command's help", 2: 'the command line was wrong' }));
  for (const command of withSubcommands(program)) command.exitOverride();
  process.stdout.on('error', stopWhenNobodyReads);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** A command and all below it. */
const withSubcommands = (command: Command): Command[] => [command, ...command.commands.flatMap(withSubcommands)];

/** `slipway diff | head` closes the pipe when it has read enough; that is no failure. */
function stopWhenNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
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

import { Command } from 'commander';
import { runStages } from './run-stages';
import { composeStages } from './stages';

/** `npm test`: everything that a change must pass, from the packages of the system to the bytes of dist/. */
new Command('npm test --')
  .description('Run every stage in order; the first that fails ends the run.')
  .option('--quick', 'leave out whatever needs more than `npm ci` brings')
  .option('--yes', 'install missing system packages without asking (so does CI=true)')
  .option('--record', 'write the suites and their counts to test/suites.json')
  .allowExcessArguments(false)
  .action(
    async ({ quick = false, yes = false, record = false }: { quick?: boolean; yes?: boolean; record?: boolean }) => {
      const agreed = yes || process.env.CI === 'true';
      if (!(await runStages(composeStages({ quick, agreed, record })))) process.exitCode = 1;
    },
  )
  .parseAsync();

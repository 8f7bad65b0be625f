import { Command } from 'commander';
import { runStages } from '../../run/run-stages';
import { composeStages } from './stages';

/** `npm run test:jenkins`: everything that a change of the shared library must pass. */
new Command('npm run test:jenkins --')
  .description('Run the specs of the shared library, its rules and its shell; the first stage that fails ends the run.')
  .option('--yes', 'install missing system packages without asking (so does CI=true)')
  .option('--record', 'write the specs and their counts to jenkins/test/specs.json')
  .allowExcessArguments(false)
  .action(async ({ yes = false, record = false }: { yes?: boolean; record?: boolean }) => {
    const agreed = yes || process.env.CI === 'true';
    if (!(await runStages(composeStages({ agreed, record })))) process.exitCode = 1;
  })
  .parseAsync();

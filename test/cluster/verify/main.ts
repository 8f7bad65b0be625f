import { Command } from 'commander';
import { runStages } from '../../run/run-stages';
import { composeStages } from './stages';

/** `npm run verify:cluster`: what is rendered for machines, before the programs that read it; node scripts in sandboxes. */
new Command('npm run verify:cluster --')
  .description('Hold what builds clusters against real programs; the first stage that fails ends the run.')
  .option('--yes', 'install missing system packages without asking (so does CI=true)')
  .allowExcessArguments(false)
  .action(async ({ yes = false }: { yes?: boolean }) => {
    const agreed = yes || process.env.CI === 'true';
    if (!(await runStages(composeStages(agreed)))) process.exitCode = 1;
  })
  .parseAsync();

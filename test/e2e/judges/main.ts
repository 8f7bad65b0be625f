import { Command } from 'commander';
import { Refused } from '../../../tools/parse/parse';
import { holdGate } from './gate';

/** `npm run verify:static`: what tools of other people say of dist/ and of this repository. */
new Command('npm run verify:static --')
  .description(
    'Build the pinned outside judges where they are missing, let them judge dist/ and the repository, and plant faults that each must catch.',
  )
  .allowExcessArguments(false)
  .action(async () => {
    try {
      if (!(await holdGate(console.log))) process.exitCode = 1;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      console.error(error.message);
      process.exitCode = 1;
    }
  })
  .parseAsync();

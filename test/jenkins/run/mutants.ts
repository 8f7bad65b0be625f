import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { Refused } from '../../../tools/parse/parse';
import { ensurePackages } from '../../run/install';
import { ROOT } from '../../run/stages';
import { runMaven } from './maven';
import { hunt } from './mutants/hunt';
import { MUTANTS } from './mutants/table';
import type { Verdict } from './mutants/verdict';
import { JENKINS_PACKAGES, SPECS } from './stages';

/** `npm run mutants:jenkins`: plants faults in copies of the shared library; the spec that is named for each must fail. */
new Command('npm run mutants:jenkins --')
  .description(
    'Plant a fault in a copy of the shared library, run the spec that should see it, for every fault of the table.',
  )
  .option('--only <text>', 'mutants with this text in their name')
  .option('--yes', 'install missing system packages without asking (so does CI=true)')
  .allowExcessArguments(false)
  .action(async ({ only = '', yes = false }: { only?: string; yes?: boolean }) => {
    try {
      const started = performance.now();
      await ensurePackages(yes || process.env.CI === 'true', JENKINS_PACKAGES, 'npm run mutants:jenkins');
      const chosen = MUTANTS.filter(({ name }) => name.includes(only));
      if (chosen.length === 0) throw new Refused([`--only ${only}: no mutant has that in its name`]);
      const verdicts = await hunt(join(ROOT, 'jenkins'), join(SPECS.target, 'test-classes'), await compile(), chosen);
      report(verdicts, (performance.now() - started) / 1000);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      console.error(error.message);
      process.exitCode = 1;
    }
  })
  .parseAsync();

/** Compiles the specs. @returns the class path that they run on. */
async function compile(): Promise<string> {
  mkdirSync(SPECS.target, { recursive: true });
  const file = join(SPECS.target, 'class-path');
  await runMaven(SPECS, ['test-compile', 'dependency:build-classpath', `-Dmdep.outputFile=${file}`]);
  return `${readFileSync(file, 'utf8').trim()}:${join(SPECS.target, 'test-classes')}`;
}

function report(verdicts: readonly Verdict[], seconds: number): void {
  console.log('| mutant | file | killed by |\n| --- | --- | --- |');
  for (const { mutant, killed, why } of verdicts) {
    console.log(
      `| ${mutant.name} | ${mutant.file} | ${killed ? `${mutant.killedBy}: ${why.replaceAll('|', '\\|')}` : '**nobody**'} |`,
    );
  }
  const survivors = verdicts.filter(({ killed }) => !killed);
  console.log(`\n${verdicts.length} mutants, ${verdicts.length - survivors.length} killed, ${seconds.toFixed(0)} s`);
  for (const { mutant, why } of survivors) console.error(`survived: ${mutant.name} (${mutant.killedBy}: ${why})`);
  if (survivors.length > 0) process.exitCode = 1;
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from '../../../tools/parse/parse';
import { ensurePackages } from '../../run/install';
import type { SystemPackage } from '../../run/packages';
import type { Stage } from '../../run/run-stages';
import { ROOT } from '../../run/stages';
import { compareSuites } from '../../run/suites';
import { type Project, runMaven } from './maven';
import { withScratch } from './scratch';
import { lintShell } from './shell';
import { readSurefire } from './surefire';
import { runTogether } from './together';

const JENKINS = join(ROOT, 'jenkins');

/** The specs, on the Groovy and the interpreter of Jenkins. */
export const SPECS: Project = { pom: join(JENKINS, 'pom.xml'), target: join(JENKINS, 'target') };

/** CodeNarc, on a Groovy of its own. */
const RULES: Project = {
  pom: join(JENKINS, 'test/gates/codenarc/pom.xml'),
  target: join(JENKINS, 'target/codenarc'),
};

/** Every spec class with the number of its specs: nothing stops being tested without anybody seeing it. */
const COUNTS = join(JENKINS, 'test/specs.json');

/** What the commands for jenkins/ need beside Node.js and what `npm ci` brings. */
export const JENKINS_PACKAGES: readonly SystemPackage[] = [
  { command: 'git', package: 'git', why: 'specs drive real repositories' },
  { command: 'java', package: 'openjdk-17-jdk-headless', why: 'Groovy runs on it' },
  { command: 'mvn', package: 'maven', why: 'it brings Groovy, Spock, CodeNarc and the interpreter of pipelines' },
  { command: 'shellcheck', package: 'shellcheck', why: 'the shell of jenkins/ is linted' },
];

/** How `npm run test:jenkins` was called. */
export interface Choices {
  /** Install system packages without asking. */
  readonly agreed: boolean;
  /** Write what passed to jenkins/test/specs.json, instead of holding it against the list. */
  readonly record: boolean;
}

/** What `npm run test:jenkins` does, in order. Budgets are for two cores and a warm ~/.m2. */
export function composeStages({ agreed, record }: Choices): Stage[] {
  return [
    {
      name: 'system packages',
      budgetMinutes: 3,
      run: () => ensurePackages(agreed, JENKINS_PACKAGES, 'npm run test:jenkins'),
    },
    { name: 'shell', budgetMinutes: 0.1, run: () => lintShell(ROOT) },
    {
      name: 'rules, specs',
      budgetMinutes: 1.8,
      // Specs often wait for processes; rules use the core that is idle then.
      run: () =>
        runTogether({
          rules: () => runMaven(RULES, ['test']),
          specs: () => withScratch((folder) => runMaven(SPECS, ['test', `-Dslipway.scratch=${folder}`])),
        }),
    },
    { name: 'counts', budgetMinutes: 0.1, run: async () => holdCounts(record) },
  ];
}

/** Holds what ran against the committed list. */
function holdCounts(record: boolean): void {
  const ran = { ...readSurefire(SPECS.target), ...readSurefire(RULES.target) };
  const sorted = Object.fromEntries(Object.entries(ran).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (record) {
    writeFileSync(COUNTS, `${JSON.stringify(sorted, null, 2)}\n`);
    return;
  }
  const faults = compareSuites(JSON.parse(readFileSync(COUNTS, 'utf8')), sorted);
  if (faults.length > 0) {
    throw new Refused([
      ...faults,
      'expected what jenkins/test/specs.json lists. Where the change is meant: npm run test:jenkins -- --record, then commit the list.',
    ]);
  }
}

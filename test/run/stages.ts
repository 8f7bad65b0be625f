import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import execa from 'execa';
import { Refused } from '../../tools/parse/parse';
import { ensurePackages } from './install';
import type { Stage } from './run-stages';
import { compareSuites, listSuites } from './suites';

export const ROOT = join(__dirname, '../..');

/** Every suite with the number of its tests. */
const SUITES = join(ROOT, 'test/suites.json');

/** Suites that need a server, a browser or a network: nothing of that is there after `npm ci` alone. */
const NEEDS_MORE = ['/node_modules/', '\\.system\\.test\\.ts$', '/fresh-clone[^/]*\\.test\\.ts$'];

/** How `npm test` was called. */
export interface Choices {
  /** Leave out whatever needs more than `npm ci` brings. */
  readonly quick: boolean;
  /** Install system packages without asking. */
  readonly agreed: boolean;
  /** Write what passed to test/suites.json, instead of holding it against the list. */
  readonly record?: boolean;
}

/** What `npm test` does, in order. Budgets are for two cores and a warm npm cache. */
export function composeStages({ quick, agreed, record = false }: Choices): Stage[] {
  const packages: Stage = { name: 'system packages', budgetMinutes: 3, run: () => ensurePackages(agreed) };
  return [
    ...(quick ? [] : [packages]),
    { name: 'type check', budgetMinutes: 0.5, run: () => runScript('typecheck') },
    { name: 'lint', budgetMinutes: 0.5, run: () => runScript('lint') },
    { name: 'arrows', budgetMinutes: 0.5, run: () => runScript('arrows') },
    { name: 'build', budgetMinutes: 1, run: () => runScript('build') },
    { name: 'jest', budgetMinutes: 15, run: () => runSuites(quick ? NEEDS_MORE : [], record) },
    { name: 'dist', budgetMinutes: 0.5, run: compareDist },
  ];
}

const runScript = (script: string): Promise<void> => runVisibly('npm', ['run', '--silent', script]);

/** Runs the suites and holds what passed against the committed list. */
async function runSuites(ignored: readonly string[], record: boolean): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-suites-'));
  try {
    const report = join(folder, 'report.json');
    const patterns = ignored.flatMap((pattern) => ['--testPathIgnorePatterns', pattern]);
    const words = ['--coverage=false', '--json', `--outputFile=${report}`, ...patterns];
    await runVisibly(process.execPath, [require.resolve('jest/bin/jest'), ...words]);
    const ran = listSuites(ROOT, JSON.parse(readFileSync(report, 'utf8')));
    if (record) return writeFileSync(SUITES, `${JSON.stringify(ran, null, 2)}\n`);
    const left = (suite: string) => !ignored.some((pattern) => new RegExp(pattern).test(`/${suite}`));
    const faults = compareSuites(JSON.parse(readFileSync(SUITES, 'utf8')), ran, left);
    if (faults.length > 0) {
      throw new Refused([
        ...faults,
        'expected what test/suites.json lists. Where the change is meant: npm run suites, then commit the list.',
      ]);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Renders dist/ anew; git says whether that is what was committed, files that it does not know included. */
async function compareDist(): Promise<void> {
  await runVisibly(process.execPath, ['tools/cli/bin.js', 'synth']);
  const status = ['status', '--porcelain', '--untracked-files=all', '--', 'dist'];
  const { stdout } = await execa('git', status, { cwd: ROOT, stripFinalNewline: true });
  if (stdout === '') return;
  console.log(stdout);
  await runVisibly('git', ['--no-pager', 'diff', 'HEAD', '--', 'dist']);
  throw new Refused([
    `dist/: ${stdout.split('\n').length} files differ from the last commit; expected exactly what the charts render. Review the diff, then commit dist/ with the charts.`,
  ]);
}

/** Runs a command whose output the reader sees as it comes. */
async function runVisibly(file: string, words: readonly string[]): Promise<void> {
  // Some tools colour whenever CI is set, terminal or not; a log file wants no escape codes.
  const env = process.stdout.isTTY ? {} : { NO_COLOR: '1' };
  await execa(file, words, { cwd: ROOT, stdio: 'inherit', env });
}

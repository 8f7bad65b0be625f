import { join } from 'node:path';
import execa from 'execa';
import { Refused } from '../../tools/parse/parse';
import { ensurePackages } from './install';
import type { Stage } from './run-stages';

export const ROOT = join(__dirname, '../..');

/** Suites that need a server, a browser or a network: nothing of that is there after `npm ci` alone. */
const NEEDS_MORE = ['/node_modules/', '\\.system\\.test\\.ts$', '/fresh-clone[^/]*\\.test\\.ts$'];

/** How `npm test` was called. */
export interface Choices {
  /** Leave out whatever needs more than `npm ci` brings. */
  readonly quick: boolean;
  /** Install system packages without asking. */
  readonly agreed: boolean;
}

/** What `npm test` does, in order. Budgets are for two cores and a warm npm cache. */
export function composeStages({ quick, agreed }: Choices): Stage[] {
  const packages: Stage = { name: 'system packages', budgetMinutes: 3, run: () => ensurePackages(agreed) };
  return [
    ...(quick ? [] : [packages]),
    { name: 'type check', budgetMinutes: 0.5, run: () => runScript('typecheck') },
    { name: 'lint', budgetMinutes: 0.5, run: () => runScript('lint') },
    { name: 'arrows', budgetMinutes: 0.5, run: () => runScript('arrows') },
    { name: 'jest', budgetMinutes: 8, run: () => runSuites(quick ? NEEDS_MORE : []) },
    { name: 'dist', budgetMinutes: 0.5, run: compareDist },
  ];
}

const runScript = (script: string): Promise<void> => runVisibly('npm', ['run', '--silent', script]);

function runSuites(ignored: readonly string[]): Promise<void> {
  const patterns = ignored.flatMap((pattern) => ['--testPathIgnorePatterns', pattern]);
  return runVisibly(process.execPath, [require.resolve('jest/bin/jest'), '--coverage=false', ...patterns]);
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

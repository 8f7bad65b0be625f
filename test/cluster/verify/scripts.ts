import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import execa from 'execa';
import { ROOT } from '../../run/stages';
import { writeClusters } from '../scripts/harness/render';
import { findingsOf } from './findings';

const SCRIPTS = join(ROOT, 'cluster/scripts');
const TESTS = join(ROOT, 'test/cluster/scripts');

/**
 * Node scripts: shellcheck has nothing to say, shfmt nothing to change, and every test passes on machines that are
 * folders in namespaces of their own (test/cluster/scripts/harness). Needs root, as CI has.
 * @throws Error with a line for every finding
 */
export async function verifyScripts(): Promise<void> {
  if (process.getuid?.() !== 0)
    throw new Error('user: is not root; expected root, for machines are namespaces. Use sudo');
  const scratch = mkdtempSync(join(tmpdir(), 'slipway-scripts-'));
  try {
    writeClusters(scratch);
    await findingsOf(async (report) => {
      await lint(scratch, report);
      await format(report);
      for (const file of testsIn(TESTS)) await runTests(file, scratch, report);
    });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

type Report = (finding: string) => void;

/** What runs on machines, what is rendered to run there, and what tests them. */
async function lint(rendered: string, report: Report): Promise<void> {
  const files = [...shellFilesIn(SCRIPTS), ...shellFilesIn(TESTS), ...shellFilesIn(rendered)];
  const { exitCode, stdout } = await execa('shellcheck', ['--external-sources', '--source-path=SCRIPTDIR', ...files], {
    reject: false,
  });
  if (exitCode !== 0) report(stdout);
}

async function format(report: Report): Promise<void> {
  const files = [...shellFilesIn(SCRIPTS), ...shellFilesIn(TESTS)];
  const { exitCode, stdout } = await execa('shfmt', ['-d', '-i', '2', '-ci', ...files], { reject: false });
  if (exitCode !== 0) report(stdout);
}

/** One file of tests, with the time that it took. */
async function runTests(file: string, clusters: string, report: Report): Promise<void> {
  const started = Date.now();
  const { exitCode, stdout } = await execa('nice', [require.resolve('bats/bin/bats'), '--timing', file], {
    reject: false,
    env: { CLUSTERS: clusters },
  });
  console.log(`  ${relative(TESTS, file)}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
  if (exitCode !== 0) report(stdout);
}

const testsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.bats'))
    .sort()
    .map((name) => join(folder, name));

/** Files that a shell reads: by their ending, or by their first line. */
const shellFilesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => /\.(sh|bash|bats)$/.test(file) || /^#!.*\b(ba|da)?sh$/m.test(firstLineOf(file)))
    .sort();

const firstLineOf = (file: string): string => readFileSync(file, 'utf8').split('\n', 1)[0] ?? '';

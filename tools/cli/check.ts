import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Command, Option } from 'commander';
import { Refused } from '../parse/parse';
import { colours } from './colours';
import { environmentFolders, isOurs, ROOT } from './environments';
import { UsageError } from './errors';
import { exitCodes } from './exit-codes';

/** Findings that are right where they stand, in dist/. */
const EXEMPTIONS = join(ROOT, 'exemptions.yaml');

interface Options {
  readonly base: string;
  readonly inventory?: string;
  readonly exemptions?: string;
  readonly json?: true;
  readonly sarif?: true;
  readonly list?: true;
}

/** `slipway check [DIR…]` */
export const checkCommand = (): Command =>
  new Command('check')
    .description(
      'Judge manifests: schema, references, secrets, hardening, immutable fields, capacity, traffic. Offline.',
    )
    .argument('[folders...]', 'folders of manifests; without any, every environment of dist/')
    .option(
      '--inventory <file>',
      'what the environment declared; by default ../inventory/<folder>.json, where there is one',
    )
    .option('--base <revision>', 'git revision that immutable fields are compared with', 'HEAD')
    .option(
      '--exemptions <file>',
      'findings that are right where they stand; by default exemptions.yaml for dist/, none for others',
    )
    .addOption(new Option('--json', 'print verdicts as JSON').conflicts(['sarif', 'list']))
    .addOption(new Option('--sarif', 'print findings as SARIF 2.1.0').conflicts('list'))
    .option('--list', 'print what is checked and why, as Markdown')
    .addHelpText('after', exitCodes({ 0: 'clean', 1: 'findings', 2: 'could not judge, or the command line was wrong' }))
    .action((folders: string[], options: Options) => {
      try {
        check(folders, options);
      } catch (error) {
        // Code 1 says that there are findings, so that no failure may end with it.
        throw new UsageError(error instanceof Refused ? error.faults : [String((error as Error).stack)]);
      }
    });

function check(folders: readonly string[], options: Options): void {
  const { CHECKS }: typeof import('../check/checks') = require('../check/checks');
  const { listOfChecks }: typeof import('../check/report/list') = require('../check/report/list');
  if (options.list) {
    print(listOfChecks(CHECKS));
    return;
  }
  if (options.inventory && folders.length !== 1) {
    throw new UsageError([`--inventory: belongs to one folder; expected one, not ${folders.length}`]);
  }
  const { openFolders }: typeof import('../check/folder') = require('../check/folder');
  const { judgeAll }: typeof import('../check/run') = require('../check/run');
  const { readExemptions }: typeof import('../check/exemptions') = require('../check/exemptions');

  const everything = folders.length === 0;
  const paths = everything ? environmentFolders() : folders;
  const list =
    options.exemptions ?? (paths.every(isOurs) && existsSync(EXEMPTIONS) ? relative('', EXEMPTIONS) : undefined);
  const exemptions =
    list === undefined
      ? []
      : readExemptions(
          list,
          CHECKS.map(({ id }) => id),
        );
  const { verdicts, unused } = judgeAll(openFolders(paths, options), exemptions);
  // A part of dist/ need not use what another part needs.
  const stale = everything || options.exemptions ? unused : [];

  if (options.sarif) {
    const { sarifReport }: typeof import('../check/report/sarif') = require('../check/report/sarif');
    print(JSON.stringify(sarifReport(verdicts, CHECKS), null, 2));
  } else if (options.json) {
    print(JSON.stringify({ verdicts, unusedExemptions: stale }, null, 2));
  } else {
    const { textReport }: typeof import('../check/report/text') = require('../check/report/text');
    print(textReport(verdicts, colours));
  }
  for (const { check, object } of stale) {
    console.error(`${list}: ${check} of ${object} excuses nothing any more; remove the entry`);
  }
  if (stale.length > 0 || verdicts.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

import { join } from 'node:path';
import { Command, Option } from 'commander';
import { Refused } from '../parse/parse';
import { colours } from './colours';
import { ROOT } from './environments';
import { UsageError } from './errors';
import { exitCodes } from './exit-codes';

const DIST = join(ROOT, 'dist');

interface Options {
  readonly base: string;
  readonly env?: string;
  readonly markdown?: true;
  readonly json?: true;
}

/** `slipway diff [OLD NEW]`, `slipway diff ENV OTHER_ENV` */
export const diffCommand = (): Command =>
  new Command('diff')
    .usage('[options] [OLD NEW | ENV OTHER_ENV]')
    .description(
      'Say what a change of manifests does: what restarts, what is refused, what is put at risk, and why. Offline.',
    )
    .argument('[old]', 'folder of manifests, or an environment of dist/; without any, dist/ is compared with --base')
    .argument('[new]', 'folder or environment to compare it with')
    .option('--base <revision>', 'revision of git that dist/ is compared with', 'HEAD')
    .option('--env <environment>', 'compare one environment of dist/ alone')
    .addOption(new Option('--markdown', 'print for a pull request').conflicts('json'))
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      `
Two folders are compared as two versions of one set of manifests, two environments as a table of the fields in which
they differ. An argument that exists as a path or holds a slash is a folder. Files may be renamed and keys reordered:
objects are compared by kind, namespace and name. The worst change comes first:
  refused by the API   the new version is not taken: a field that never changes
  data at risk         something stored may be lost or out of reach
  widens access        somebody or something may do, reach or take more
  restarts pods        pods restart, stop, or may be away more often
  safe                 none of these`,
    )
    .addHelpText(
      'after',
      exitCodes({ 0: 'equal', 1: 'something differs', 2: 'nothing could be compared, or the command line was wrong' }),
    )
    .action((before: string | undefined, after: string | undefined, options: Options, command: Command) => {
      try {
        const { text, differs } = answer(before, after, options, command.getOptionValueSource('base') === 'cli');
        process.stdout.write(text);
        if (differs) process.exitCode = 1;
      } catch (error) {
        // Code 1 says that something differs, so that no failure may end with it.
        throw new UsageError(error instanceof Refused ? error.faults : [`diff: ${(error as Error).message}`]);
      }
    });

interface Answer {
  readonly text: string;
  readonly differs: boolean;
}

function answer(before: string | undefined, after: string | undefined, options: Options, isBaseGiven: boolean): Answer {
  const sources: typeof import('../diff/sources') = require('../diff/sources');
  if (before === undefined) return versions(sources.environmentSides(DIST, options.base, options.env), options);
  if (after === undefined) {
    throw new UsageError([
      `diff: ${JSON.stringify(before)} stands alone; expected two folders, two environments, or none. One environment against --base: slipway diff --env ${before}`,
    ]);
  }
  if (isBaseGiven || options.env !== undefined) {
    throw new UsageError(['diff: --base and --env are about dist/ alone; expected them without OLD NEW']);
  }
  const folders = [before, after].filter(sources.isFolder);
  if (folders.length === 1) {
    throw new UsageError([
      `diff: ${folders[0]} is a folder and the other argument is none; expected two folders, or two environments`,
    ]);
  }
  return folders.length === 2
    ? versions([sources.folderSides(before, after)], options)
    : environments(sources.environmentPair(DIST, [before, after]), options);
}

function versions(sides: readonly import('../diff/compare').Sides[], { json, markdown }: Options): Answer {
  const { compare, reportOf }: typeof import('../diff/compare') = require('../diff/compare');
  const { isEqual }: typeof import('../diff/summary') = require('../diff/summary');
  const report = reportOf(sides.map(compare));
  const differs = !isEqual(report.summary);
  if (json) return { text: `${JSON.stringify(report, null, 2)}\n`, differs };
  const { showMarkdown }: typeof import('../diff/markdown') = require('../diff/markdown');
  const { showText }: typeof import('../diff/text') = require('../diff/text');
  return { text: markdown ? showMarkdown(report) : showText(report, colours), differs };
}

function environments(
  pair: ReturnType<typeof import('../diff/sources').environmentPair>,
  { json, markdown }: Options,
): Answer {
  const { compareEnvironments }: typeof import('../diff/environments') = require('../diff/environments');
  const show: typeof import('../diff/environments-show') = require('../diff/environments-show');
  const report = compareEnvironments(...pair);
  const differs = report.fields.length + report.onlyInOne.length + report.onlyInOther.length > 0;
  if (json) return { text: `${JSON.stringify(report, null, 2)}\n`, differs };
  return { text: markdown ? show.environmentMarkdown(report) : show.environmentText(report), differs };
}

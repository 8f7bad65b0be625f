import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { colours } from '../../tools/cli/colours';
import { UsageError } from '../../tools/cli/errors';
import { exitCodes } from '../../tools/cli/exit-codes';
import { Refused, settle } from '../../tools/parse/parse';
import type { Source } from '../lint/lint';

/** `slipway cluster lint FILE…` */
export const lintCommand = (): Command =>
  new Command('lint')
    .description('Explain shapes of keepalived.conf and haproxy.cfg that do not do what they look like. Offline.')
    .argument('<files...>', "files of anybody's balancers; both of a pair together, for some shapes show in both only")
    .option('--json', 'print findings as JSON')
    .addHelpText(
      'after',
      `
dead: does not do what it stands there for. slow: does it later than it could. note: worth knowing.
A check script that lies beside a keepalived.conf is read as well. Files that one includes are not.`,
    )
    .addHelpText(
      'after',
      exitCodes({ 0: 'nothing dead or slow', 1: 'findings', 2: 'could not judge, or the command line was wrong' }),
    )
    .action((files: string[], { json }: { json?: true }) => {
      const { lint }: typeof import('../lint/lint') = require('../lint/lint');
      const paths = [...new Set(files)];
      const findings = asUsage(() => lint(settle(paths.map((path) => () => sourceOf(path)))));
      if (json) process.stdout.write(`${JSON.stringify({ findings }, null, 2)}\n`);
      else {
        const { textReport }: typeof import('../lint/report') = require('../lint/report');
        process.stdout.write(`${textReport(paths, findings, colours)}\n`);
      }
      if (findings.some(({ severity }) => severity !== 'note')) process.exitCode = 1;
    });

/** Code 1 says that there are findings, so that no refusal may end with it. */
function asUsage<Value>(judge: () => Value): Value {
  try {
    return judge();
  } catch (error) {
    throw error instanceof Refused ? new UsageError(error.faults) : error;
  }
}

function sourceOf(path: string): Source {
  const text = textOf(path);
  if (text === undefined) throw new Refused([`${path}: cannot be read; expected a keepalived.conf or haproxy.cfg`]);
  return { path, text, beside: (name) => textOf(join(dirname(path), name)) };
}

/** Undefined: there is none, it is a folder, or it may not be read. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

import { Command } from 'commander';
import type { Revision } from '../deploy/history';
import { exitCodes } from './exit-codes';
import { looking } from './looking';
import { type ClusterOptions, withTarget } from './target';

/** `slipway history ENV` */
export const historyCommand = (): Command =>
  withTarget(new Command('history'))
    .description('What was released to an environment, when and by whom, and what came of it; the newest last.')
    .argument('<environment>', 'environment of dist/')
    .addHelpText(
      'after',
      `
Below each revision: images that differ from the revision before, and what came of it. "bad" is a revision that Helm
took for deployed and that failed slipway's verification. The cluster remembers thirty.`,
    )
    .addHelpText(
      'after',
      exitCodes({ 0: 'printed', 1: 'a fault of slipway itself', 2: 'the cluster could not be asked' }),
    )
    .action(async (environment: string, options: ClusterOptions) => {
      const { readHistory }: typeof import('../deploy/history') = require('../deploy/history');
      const revisions = await looking(environment, options, (api, { namespace }) =>
        readHistory(api, namespace, environment),
      );
      process.stdout.write(options.json ? `${JSON.stringify(revisions, null, 2)}\n` : textOf(environment, revisions));
    });

function textOf(environment: string, revisions: readonly Revision[]): string {
  const { columns }: typeof import('../manifests/columns') = require('../manifests/columns');
  if (revisions.length === 0) return `${environment}: no release on this cluster\n`;
  const rows = columns([
    ['revision', 'status', 'when', 'commit', 'by'],
    ...revisions.map(({ revision, status, at, commit, by }) => [
      String(revision),
      status,
      minute(at),
      commit.slice(0, 12),
      by,
    ]),
  ]);
  const [header = '', ...lines] = rows;
  const told = revisions.flatMap(({ images, description }, index) => [
    lines[index] ?? '',
    ...[...images, description].filter((line) => line !== '').map((line) => `          ${line.replaceAll('\n', ' ')}`),
  ]);
  return `${[header, ...told].join('\n')}\n`;
}

/** `2026-11-21 10:03 UTC` */
export const minute = (iso: string): string => `${new Date(iso).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

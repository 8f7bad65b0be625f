import type { Event } from './events';
import type { Budget, Measurement } from './judge';
import type { Result } from './run';

const HEAD = ['event', 'no good answer', 'failed', 'address moved', 'stream stalled', 'budget', ''];

/** One line for each result, the figures in columns. */
export function tabulate(results: readonly Result[]): string[] {
  const rows = [HEAD, ...results.map(row)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return rows.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function row({ event, measured, faults }: Result): string[] {
  return [event.name, ...figuresOf(event, measured), budgetOf(event.budget), faults.length === 0 ? 'ok' : 'OVER'];
}

function figuresOf({ window }: Event, measured: Measurement | undefined): string[] {
  if (!measured) return ['–', '–', '–', '–'];
  const { silence, gap, failed, requests, moved, stall } = measured;
  if (silence !== undefined) return ['–', '–', '–', `lived ${seconds(silence)}`];
  return [
    seconds(gap),
    `${failed} of ${requests}`,
    moved === undefined ? 'no' : `after ${seconds(moved)}`,
    // A beat comes every 0.2 s.
    stall > window - 1_000 ? 'to the end' : seconds(stall),
  ];
}

const budgetOf = ({ gap, failed, stall, stays, silence }: Budget): string =>
  [
    ...(gap === undefined ? [] : [`${seconds(gap)} without a good answer`]),
    ...(failed === undefined ? [] : [`${failed} failed`]),
    ...(stall === undefined ? [] : [`streams ${seconds(stall)}`]),
    ...(stays ? ['address stays'] : []),
    ...(silence === undefined ? [] : [`lives ${seconds(silence)}`]),
  ].join(', ');

export const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;

import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import execa from 'execa';
import { type Command, type Cost, measureInterleaved, ROOT } from './measure';

const REPETITIONS = 5;

/** One cost divided by another must not exceed `most`; without `most` it is only printed. */
export interface Bar<Name extends string> {
  readonly of: Name;
  readonly to: Name;
  readonly in: keyof Cost;
  /** Taken off both sides: what a process costs before it does much, which would hide growth. */
  readonly less?: Name;
  readonly most?: number;
}

/**
 * Measures commands, prints what they cost and how they stand to each other. The process fails where a bar is missed.
 * @param prepare makes what the commands need in a folder that is removed afterwards, and gives them.
 */
export function runBench<Name extends string>(
  prepare: (folder: string) => Promise<Readonly<Record<Name, Command>>>,
  bars: readonly Bar<Name>[],
): void {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  const run = async () => {
    console.log(await describeMachine());
    const costs = await measureInterleaved<Name>(await prepare(folder), REPETITIONS, join(folder, 'log'));
    printCosts(costs);
    if (!judge(costs, bars)) process.exitCode = 1;
  };
  run()
    .catch((error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    })
    .finally(() => rmSync(folder, { recursive: true }));
}

/** Commit, date and machine of a run. */
export async function describeMachine(): Promise<string> {
  const git = async (...words: string[]) => (await execa('git', words, { cwd: ROOT })).stdout;
  const changed = (await git('status', '--porcelain')) === '' ? '' : ' with changes that are not committed';
  const date = new Date().toISOString().slice(0, 16).replace('T', ' ');
  return `commit ${await git('rev-parse', '--short', 'HEAD')}${changed}, ${date} UTC, node ${process.version}, nproc ${availableParallelism()}`;
}

function printCosts(costs: Readonly<Record<string, Cost>>): void {
  console.log(`medians of ${REPETITIONS} interleaved repetitions after one that is not counted, in seconds\n`);
  console.log(`${'command'.padEnd(22)}${'wall'.padStart(8)}${'cpu'.padStart(8)}`);
  for (const [name, { wall, cpu }] of Object.entries(costs)) {
    console.log(`${name.padEnd(22)}${wall.toFixed(2).padStart(8)}${cpu.toFixed(2).padStart(8)}`);
  }
}

/** Prints every bar with its ratio. */
function judge<Name extends string>(costs: Readonly<Record<Name, Cost>>, bars: readonly Bar<Name>[]): boolean {
  console.log('');
  const missed = bars.filter((bar) => {
    const less = bar.less ? costs[bar.less][bar.in] : 0;
    const ratio = (costs[bar.of][bar.in] - less) / (costs[bar.to][bar.in] - less);
    const met = bar.most === undefined || ratio <= bar.most;
    const verdict = bar.most === undefined ? '' : `  at most ${bar.most.toFixed(2)}  ${met ? 'met' : 'missed'}`;
    const name = `${bar.of} / ${bar.to}, ${bar.in}${bar.less ? `, each less ${bar.less}` : ''}`;
    console.log(`${name.padEnd(56)}${ratio.toFixed(2).padStart(6)}${verdict}`);
    return !met;
  });
  return missed.length === 0;
}

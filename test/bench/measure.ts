import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';

export const ROOT = join(__dirname, '../..');

/** A process that is measured, in the repository's root. */
export interface Command {
  readonly words: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Seconds of one process with all its children. */
export interface Cost {
  readonly wall: number;
  /** User and system. */
  readonly cpu: number;
}

/**
 * Runs a command once; bash's `time` adds up the children that were waited for.
 * @param log file for what the command prints.
 * @throws Error with the log where the command fails: half a run has no price.
 */
export async function measure({ words, env = {} }: Command, log: string): Promise<Cost> {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" > "$LOG" 2>&1';
  const { exitCode, stderr } = await execa('bash', ['-c', script, 'bash', ...words], {
    cwd: ROOT,
    env: { ...env, LOG: log, LC_ALL: 'C' },
    reject: false,
  });
  if (exitCode !== 0) throw new Error(`${words.join(' ')}: ended with ${exitCode}\n${readFileSync(log, 'utf8')}`);
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = stderr.trim().split(' ').map(Number);
  if (Number.isNaN(wall + user + system)) throw new Error(`bash's time printed "${stderr}"; expected three numbers`);
  return { wall, cpu: user + system };
}

/**
 * Measures commands in turn, round after round, so that a slow minute of the machine falls on all of them.
 * A first round that is not counted fills the caches.
 * @returns medians, by the commands' names.
 */
export async function measureInterleaved<Name extends string>(
  commands: Readonly<Record<Name, Command>>,
  repetitions: number,
  log: string,
): Promise<Record<Name, Cost>> {
  const names = Object.keys(commands) as Name[];
  const rounds: Record<Name, Cost>[] = [];
  for (let round = 0; round <= repetitions; round++) {
    const costs = {} as Record<Name, Cost>;
    for (const name of names) costs[name] = await measure(commands[name], log);
    if (round > 0) rounds.push(costs);
  }
  const medians = names.map((name) => [
    name,
    {
      wall: median(rounds.map((costs) => costs[name].wall)),
      cpu: median(rounds.map((costs) => costs[name].cpu)),
    },
  ]);
  return Object.fromEntries(medians) as Record<Name, Cost>;
}

/** The middle of an odd number of values; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('median of no values; expected at least one');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low = 0, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}

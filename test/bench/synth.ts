/**
 * What a synth costs: ours, which checks types with the native compiler beside the charts, against the one that cdk8s
 * documents, whose ts-node checks types itself; and how ours grows with the number of objects.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import execa from 'execa';
import { type Command, type Cost, measureInterleaved, ROOT } from './measure';

const REPETITIONS = 5;

const generated = (objects: number): Command => ({
  words: ['node', '-r', 'ts-node/register', 'test/bench/generated.ts', String(objects)],
});

/** What is measured, in the order of a round. */
const COMMANDS = {
  ours: { words: ['npm', 'run', 'synth'] },
  cdk8s: {
    words: ['npx', 'cdk8s', 'synth', '--check-upgrade=false'],
    env: { TS_NODE_PROJECT: join(__dirname, 'tsconfig.typecheck.json') },
  },
  '100 objects': generated(100),
  '1000 objects': generated(1000),
  '2000 objects': generated(2000),
  '4000 objects': generated(4000),
} satisfies Record<string, Command>;

type Name = keyof typeof COMMANDS;

/** One cost divided by another must not exceed `most`; without `most` it is only printed. */
interface Bar {
  readonly of: Name;
  readonly to: Name;
  readonly in: keyof Cost;
  /** Taken off both sides: what a process costs before it renders much, which would hide growth. */
  readonly less?: Name;
  readonly most?: number;
}

const BARS: readonly Bar[] = [
  { of: 'ours', to: 'cdk8s', in: 'wall', most: 1 / 4 },
  { of: 'ours', to: 'cdk8s', in: 'cpu', most: 1 / 3 },
  { of: '2000 objects', to: '1000 objects', in: 'cpu', most: 2.3 },
  { of: '4000 objects', to: '2000 objects', in: 'cpu', most: 2.3 },
  { of: '2000 objects', to: '1000 objects', in: 'wall' },
  { of: '4000 objects', to: '2000 objects', in: 'wall' },
  { of: '2000 objects', to: '1000 objects', in: 'cpu', less: '100 objects' },
  { of: '4000 objects', to: '2000 objects', in: 'cpu', less: '100 objects' },
];

async function runBench(): Promise<void> {
  console.log(await describeMachine());
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'));
  try {
    const costs = await measureInterleaved<Name>(COMMANDS, REPETITIONS, join(folder, 'log'));
    printCosts(costs);
    if (!judge(costs)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function describeMachine(): Promise<string> {
  const git = async (...words: string[]) => (await execa('git', words, { cwd: ROOT })).stdout;
  const changed = (await git('status', '--porcelain')) === '' ? '' : ' with changes that are not committed';
  const date = new Date().toISOString().slice(0, 16).replace('T', ' ');
  return `commit ${await git('rev-parse', '--short', 'HEAD')}${changed}, ${date} UTC, node ${process.version}, nproc ${availableParallelism()}`;
}

function printCosts(costs: Record<Name, Cost>): void {
  console.log(`medians of ${REPETITIONS} interleaved repetitions after one that is not counted, in seconds\n`);
  console.log(`${'command'.padEnd(14)}${'wall'.padStart(8)}${'cpu'.padStart(8)}`);
  for (const [name, { wall, cpu }] of Object.entries(costs)) {
    console.log(`${name.padEnd(14)}${wall.toFixed(2).padStart(8)}${cpu.toFixed(2).padStart(8)}`);
  }
}

/** Prints every bar with its ratio. */
function judge(costs: Record<Name, Cost>): boolean {
  console.log('');
  const missed = BARS.filter((bar) => {
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

runBench().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});

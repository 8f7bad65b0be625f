/**
 * What a synth costs: ours, which checks types with the native compiler beside the charts, against the one that cdk8s
 * documents, whose ts-node checks types itself; and how ours grows with the number of objects.
 */
import { join } from 'node:path';
import type { Command } from './measure';
import { type Bar, runBench } from './report';

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

const BARS: readonly Bar<keyof typeof COMMANDS>[] = [
  { of: 'ours', to: 'cdk8s', in: 'wall', most: 1 / 4 },
  { of: 'ours', to: 'cdk8s', in: 'cpu', most: 1 / 3 },
  { of: '2000 objects', to: '1000 objects', in: 'cpu', most: 2.3 },
  { of: '4000 objects', to: '2000 objects', in: 'cpu', most: 2.3 },
  { of: '2000 objects', to: '1000 objects', in: 'wall' },
  { of: '4000 objects', to: '2000 objects', in: 'wall' },
  { of: '2000 objects', to: '1000 objects', in: 'cpu', less: '100 objects' },
  { of: '4000 objects', to: '2000 objects', in: 'cpu', less: '100 objects' },
];

runBench(async () => COMMANDS, BARS);

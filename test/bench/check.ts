/**
 * What judging costs: every check over every environment, against kubeconform, which asks one question of the same
 * folders with the same schemas, as they are vendored and, for the record, expanded to a file a kind; and how ours grows
 * with the number of objects. Needs Go, for kubeconform.
 */
import { join } from 'node:path';
import execa from 'execa';
import { binaryOf, buildMissing } from '../e2e/judges/build';
import { readTool } from '../e2e/judges/modules';
import { writeReferringSchemas, writeSchemas } from '../e2e/judges/schemas';
import { type Command, ROOT } from './measure';
import { type Bar, runBench } from './report';

const ENVIRONMENTS = ['production', 'lab', 'kind'].map((name) => join('dist', name));

/** Its findings are of no interest here: a sample's quota is made for a few applications. */
const judging = (folder: string): Command => ({
  words: ['sh', '-c', 'node tools/cli/bin.js check "$1" || test $? = 1', 'sh', folder],
});

async function prepare(folder: string) {
  const kubeconform = readTool('kubeconform');
  await buildMissing([kubeconform], console.log);
  const conform = (schemas: string): Command => ({
    words: [binaryOf(kubeconform), '-strict', '-schema-location', schemas, ...ENVIRONMENTS],
  });
  for (const objects of [200, 1000, 4000]) {
    const words = ['-r', 'ts-node/register', 'test/bench/generated.ts', String(objects), join(folder, String(objects))];
    await execa('node', words, { cwd: ROOT });
  }
  return {
    ours: { words: ['node', 'tools/cli/bin.js', 'check'] },
    kubeconform: conform(writeReferringSchemas(join(folder, 'referring'))),
    'kubeconform, expanded': conform(writeSchemas(join(folder, 'expanded'))),
    '200 objects': judging(join(folder, '200', 'sample')),
    '1000 objects': judging(join(folder, '1000', 'sample')),
    '4000 objects': judging(join(folder, '4000', 'sample')),
  };
}

const BARS: readonly Bar<keyof Awaited<ReturnType<typeof prepare>>>[] = [
  { of: 'ours', to: 'kubeconform', in: 'wall', most: 8 },
  { of: 'ours', to: 'kubeconform', in: 'cpu' },
  { of: 'ours', to: 'kubeconform, expanded', in: 'wall' },
  { of: '4000 objects', to: '200 objects', in: 'wall', most: 20 },
  { of: '4000 objects', to: '200 objects', in: 'cpu', most: 20 },
  { of: '4000 objects', to: '1000 objects', in: 'cpu' },
];

runBench(prepare, BARS);

import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execIn, withoutValues } from '../../../../tools/deploy/secrets/exec';
import { temporaryFolder } from '../../../support/copy';
import { secretOf } from './contract';

const rotation = secretOf('db').rotations?.password;

/** A program in kubectl's place, which keeps what it is called with. What kubectl knows is tried on the control plane. */
async function tellBy(script: string) {
  const folder = temporaryFolder();
  const path = process.env.PATH;
  writeFileSync(
    join(folder, 'kubectl'),
    `#!/bin/sh\nprintf '%s\\n' "$@" >${folder}/words\ncat >${folder}/input\n${script}\n`,
  );
  chmodSync(join(folder, 'kubectl'), 0o755);
  process.env.PATH = `${folder}:${path}`;
  try {
    if (!rotation) throw new Error('the contract has no rotation');
    const reason = await execIn({ context: 'test' }, 'ns')(rotation, ['next one', 'before']);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    return { reason, words: read('words').trim().split('\n'), input: read('input') };
  } finally {
    process.env.PATH = path;
  }
}

describe('a value that a pod is told', () => {
  it('travels by stdin, the new one and the present one, and is no word of any process', async () => {
    const { reason, words, input } = await tellBy('exit 0');
    expect(reason).toBeUndefined();
    expect(input).toBe('next one\nbefore\n');
    expect(words.join(' ')).toBe('--context test --namespace ns exec --stdin db-0 --container db -- rotate password');
  });

  it('fails with what the command said, without the values in it', async () => {
    const { reason } = await tellBy(
      'echo "denied: next one" >&2; echo "command terminated with exit code 1" >&2; exit 1',
    );
    expect(reason).toBe('denied: …');
  });

  it('fails with the exit code of who says nothing', async () => {
    expect((await tellBy('exit 7')).reason).toBe('kubectl ended with code 7');
  });
});

it('no value stays in a message that becomes one line', () => {
  expect(withoutValues('near "next\none" and before', ['next\none', 'before'])).toBe('near "…" and …');
});

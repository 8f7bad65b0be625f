import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { faults, type Mutant, plant } from './mutant';

describe('a mutant', () => {
  const copy = mkdtempSync(join(tmpdir(), 'slipway-mutant-'));
  const file = join(copy, 'vars/a.groovy');
  mkdirSync(join(copy, 'vars'));
  beforeEach(() => writeFileSync(file, 'lock { deploy() }\necho a\necho a\n'));
  afterAll(() => rmSync(copy, { recursive: true }));

  const [mutant] = faults('vars/a.groovy', 'ASpec', [['nothing is locked', 'lock {', "$& $' {", 'locks']]) as [Mutant];

  it('is written in the place of its text, as it stands', () => {
    plant(mutant, copy);
    expect(readFileSync(file, 'utf8')).toBe("$& $' { deploy() }\necho a\necho a\n");
  });

  it.each([
    ['unlock {', 0],
    ['echo a', 2],
  ])('is refused where its text %j stands %i times', (from, count) => {
    expect(() => plant({ ...mutant, from }, copy)).toThrow(
      `mutant "nothing is locked": jenkins/vars/a.groovy has its text ${count} times, expected once`,
    );
  });
});

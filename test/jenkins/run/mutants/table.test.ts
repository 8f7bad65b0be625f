import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../run/stages';
import { MUTANTS } from './table';

const JENKINS = join(ROOT, 'jenkins');

describe('the planted faults', () => {
  it('are many, in many files, none twice', () => {
    expect(MUTANTS.length).toBeGreaterThanOrEqual(30);
    expect(new Set(MUTANTS.map(({ file }) => file)).size).toBeGreaterThanOrEqual(20);
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
  });
});

describe.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))(
  '%s',
  (_, { file, from, to, killedBy, feature }) => {
    it('replaces text that the library has once', () => {
      expect(readFileSync(join(JENKINS, file), 'utf8').split(from)).toHaveLength(2);
      expect(to).not.toBe(from);
    });

    it('is for a spec that there is', () => {
      const spec = readFileSync(join(JENKINS, `test/slipway/${killedBy.replaceAll('.', '/')}.groovy`), 'utf8');
      const features = [...spec.matchAll(/^ {4}def '(.*)'\(\) \{$/gm)].map(([, name = '']) =>
        name.replaceAll("\\'", "'"),
      );
      expect(features.filter((name) => name.includes(feature))).not.toEqual([]);
    });
  },
);

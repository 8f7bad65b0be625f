import { findersOf, MUTANTS } from './hunt';

describe('the environments as they are', () => {
  it.each(['production', 'lab', 'kind'])('%s gives no check anything to find', (environment) => {
    expect(findersOf(environment)).toEqual([]);
  });
});

describe('a fault that is planted', () => {
  it.each(MUTANTS.map((mutant) => [`${mutant.class}: ${mutant.name}`, mutant] as const))('%s', (_, mutant) => {
    expect(findersOf(mutant.environment, mutant.mutate)).toContain(mutant.killedBy);
  });
});

describe('the faults together', () => {
  it('are many, of many kinds, none twice', () => {
    expect(MUTANTS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(MUTANTS.map((mutant) => mutant.class)).size).toBeGreaterThanOrEqual(12);
    expect(new Set(MUTANTS.map((mutant) => `${mutant.class}: ${mutant.name}`)).size).toBe(MUTANTS.length);
  });
});

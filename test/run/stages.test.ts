import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeStages, ROOT } from './stages';

const namesOf = (quick: boolean): string[] => composeStages({ quick, agreed: false }).map(({ name }) => name);

describe('the stages', () => {
  it('go from the cheapest to the dearest question, dist/ last', () => {
    expect(namesOf(false)).toEqual(['system packages', 'type check', 'lint', 'arrows', 'build', 'jest', 'dist']);
  });

  it('install nothing in a quick run', () => {
    expect(namesOf(true)).toEqual(['type check', 'lint', 'arrows', 'build', 'jest', 'dist']);
  });

  it('add up to the budget that the integration server prints', () => {
    const sum = composeStages({ quick: false, agreed: true }).reduce((total, stage) => total + stage.budgetMinutes, 0);
    expect(readFileSync(join(ROOT, '.ci/run'), 'utf8')).toContain(`TEST_BUDGET=${sum}\n`);
  });
});

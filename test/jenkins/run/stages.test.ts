import { composeStages } from './stages';

describe('the stages', () => {
  const stages = composeStages({ agreed: false, record: false });

  it('go from the cheapest question to the dearest, counts last', () => {
    expect(stages.map(({ name }) => name)).toEqual(['system packages', 'shell', 'rules, specs', 'counts']);
  });

  it('take two minutes once the packages are there', () => {
    const minutes = stages.slice(1).reduce((sum, { budgetMinutes }) => sum + budgetMinutes, 0);
    expect(minutes).toBe(2);
  });
});

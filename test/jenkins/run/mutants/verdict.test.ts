import { judge, sicknessOf, specOf } from './verdict';

const mutant = {
  name: 'an abort is swallowed',
  file: 'src/slipway/A.groovy',
  from: 'throw ended',
  to: '',
  killedBy: 'release.ASpec',
  feature: 'stays an abort',
};

describe('a mutant', () => {
  it('is killed by the first spec that fails', () => {
    expect(judge(mutant, { ran: 2, failed: 'stays an abort: no exception' })).toEqual({
      mutant,
      killed: true,
      why: 'stays an abort: no exception',
    });
  });

  it('is not killed by specs that hang on it', () => {
    expect(judge(mutant, undefined)).toMatchObject({ killed: false, why: 'the specs hang; expected a failure' });
  });

  it('survives where every spec passes', () => {
    expect(judge(mutant, { ran: 2, failed: '' })).toMatchObject({ killed: false, why: '2 specs passed' });
  });
});

describe('the specs that should see it', () => {
  const spec = specOf(mutant);

  it('are named with their package', () => {
    expect(spec).toEqual({ spec: 'slipway.release.ASpec', feature: 'stays an abort' });
  });

  it('pass on the library as it is', () => {
    expect(sicknessOf(spec, { ran: 1, failed: '' })).toBeUndefined();
  });

  it.each([
    [undefined, 'slipway.release.ASpec "stays an abort": hangs on the library as it is'],
    [{ ran: 1, failed: 'x' }, 'slipway.release.ASpec "stays an abort": fails on the library as it is: x'],
  ])('tell nothing where the answer is %j', (answer, told) => {
    expect(sicknessOf(spec, answer)).toBe(told);
  });
});

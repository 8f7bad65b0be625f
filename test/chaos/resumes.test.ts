import { nextShown, percentile, REDISCOVERY, splitResumes } from './resumes';

describe('the time to catch up', () => {
  it('is counted from the lost connection to the last missed message', () => {
    expect(splitResumes([{ from: 100, to: 350 }], [])).toEqual({ times: [250], afterOutage: [] });
  });

  it('is counted from the return of a store that was away meanwhile', () => {
    const outages = [{ from: 1_000, to: 2_000 }];
    expect(splitResumes([{ from: 900, to: 2_300 }], outages)).toEqual({ times: [], afterOutage: [300] });
  });

  it('is counted from the loss where the store was back but not yet found again', () => {
    const outages = [{ from: 1_000, to: 2_000 }];
    expect(splitResumes([{ from: 2_100, to: 2_700 }], outages).afterOutage).toEqual([600]);
    expect(splitResumes([{ from: 2_000 + REDISCOVERY, to: 4_000 }], outages).afterOutage).toEqual([]);
  });

  it('is counted from the last return of a store that went several times', () => {
    const outages = [
      { from: 1_000, to: 2_000 },
      { from: 3_000, to: 4_000 },
    ];
    expect(splitResumes([{ from: 900, to: 4_100 }], outages).afterOutage).toEqual([100]);
  });

  it('leaves out a return that nobody could show anything after', () => {
    const outages = [
      { from: 1_000, to: 2_000 },
      { from: 3_000, to: 4_000 },
    ];
    expect(nextShown(outages, [900, 4_200, 4_300])).toEqual([200]);
    expect(nextShown(outages, [2_050, 4_200])).toEqual([50, 200]);
  });
});

describe('a percentile', () => {
  it('is the value that so many do not exceed', () => {
    const values = Array.from({ length: 200 }, (_, at) => at + 1).reverse();
    expect([50, 99, 100].map((percent) => percentile(values, percent))).toEqual([100, 198, 200]);
  });

  it('of nothing is 0', () => {
    expect(percentile([], 99)).toBe(0);
  });
});

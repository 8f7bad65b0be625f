import { type Budget, faultsOf, type Measurement, measure } from './judge';
import type { Seen } from './traffic';

const WINDOW = { from: 10_000, to: 20_000 };
const good = (at: number, took = 10): Seen => ({ kind: 'request', at, took, ok: true });
const bad = (at: number): Seen => ({ kind: 'request', at, took: 2_000, ok: false });
const beat = (stream: number, at: number): Seen => ({ kind: 'beat', stream, at });
/** Good answers to requests at these tenths of a second. */
const goodAt = (first: number, last: number): Seen[] =>
  Array.from({ length: last - first + 1 }, (_, index) => good((first + index) * 100));

describe('a measurement', () => {
  it('counts the requests that began in the window, and those of them that failed', () => {
    const seen = [bad(9_999), good(10_000), bad(15_000), bad(19_999), bad(20_000)];
    expect(measure(seen, WINDOW)).toMatchObject({ requests: 3, failed: 2 });
  });

  it('finds the longest time without a good answer', () => {
    expect(measure([...goodAt(100, 120), bad(12_100), bad(13_000), ...goodAt(140, 199)], WINDOW).gap).toBe(2_000);
  });

  it('takes the time from the event to the first good answer for a gap', () => {
    expect(measure(goodAt(146, 199), WINDOW).gap).toBe(4_610);
  });

  it('takes the time from the last good answer to the end for a gap', () => {
    expect(measure(goodAt(100, 150), WINDOW).gap).toBe(4_990);
    expect(measure([bad(10_000)], WINDOW).gap).toBe(10_000);
  });

  it('counts an answer when it comes, not when it was asked for', () => {
    expect(measure([...goodAt(100, 120), good(12_100, 1_900), ...goodAt(140, 199)], WINDOW).gap).toBe(1_990);
  });

  it('finds the longest stall of any stream, also one that never ends', () => {
    const streams = [beat(0, 9_000), beat(0, 12_000), beat(0, 19_000), beat(1, 11_000), beat(1, 15_000)];
    expect(measure(streams, WINDOW).stall).toBe(7_000);
    expect(measure([beat(0, 9_999)], WINDOW).stall).toBe(10_000);
  });

  it('says when the address moved after the event, and nothing where it stayed', () => {
    expect(measure([], WINDOW, [9_000, 10_900, 15_000]).moved).toBe(900);
    expect(measure([], WINDOW, [9_000])).not.toHaveProperty('moved');
  });

  it('says how long a silent stream lived, where there was one', () => {
    expect(measure([{ kind: 'silence', lasted: 60_000 }], WINDOW).silence).toBe(60_000);
    expect(measure([], WINDOW)).not.toHaveProperty('silence');
  });
});

describe('the judge', () => {
  const measured: Measurement = { requests: 200, failed: 4, gap: 2_000, stall: 1_000 };

  it.each<[string, Budget, Measurement]>([
    ['a gap', { gap: 2_000 }, measured],
    ['failures', { failed: 4 }, measured],
    ['stalls', { stall: 1_000 }, measured],
    ['an address that stays', { stays: true }, measured],
    ['a silent stream', { silence: 130_000 }, { ...measured, silence: 130_000 }],
    ['anything that no budget names', {}, { ...measured, moved: 900 }],
  ])('lets pass what just keeps its budget: %s', (_, budget, kept) => {
    expect(faultsOf(budget, kept)).toEqual([]);
  });

  it.each<[string, Budget, Measurement, string]>([
    ['a gap', { gap: 1_999 }, measured, '2.0 s without a good answer; expected at most 2.0 s without a good answer'],
    ['failures', { failed: 3 }, measured, '4 failed; expected at most 3 failed'],
    ['a single failure', { failed: 0 }, { ...measured, failed: 1 }, '1 failed; expected at most 0 failed'],
    [
      'stalls',
      { stall: 900 },
      measured,
      'a stream without a beat for 1.0 s; expected at most a stream without a beat for 0.9 s',
    ],
    ['an address that moves', { stays: true }, { ...measured, moved: 0 }, 'the address moved after 0.0 s'],
    [
      'a silent stream that is cut',
      { silence: 130_000 },
      { ...measured, silence: 60_000 },
      'a silent stream lived 60.0 s; expected 130.0 s',
    ],
    [
      'a silent stream of which nothing is known',
      { silence: 130_000 },
      measured,
      'a silent stream lived 0.0 s; expected 130.0 s',
    ],
  ])('names what misses its budget: %s', (_, budget, missed, fault) => {
    expect(faultsOf(budget, missed)).toEqual([fault]);
  });

  it('names every miss', () => {
    expect(faultsOf({ gap: 0, failed: 0, stall: 0, stays: true }, { ...measured, moved: 1 })).toHaveLength(4);
  });
});

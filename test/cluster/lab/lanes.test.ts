import { EVENTS, type Event } from './events';
import { allKept, runAll } from './lanes';
import type { Result } from './run';

const [one, two, three, four] = EVENTS as readonly [Event, Event, Event, Event];

/** Results by event, one for each time that it is run. */
const outcomes = (of: ReadonlyMap<Event, readonly (readonly string[])[]>) => {
  const runs: Event[] = [];
  const run = async (event: Event): Promise<Result> => {
    const time = runs.filter((other) => other === event).length;
    runs.push(event);
    return { event, faults: of.get(event)?.[time] ?? [] };
  };
  return { run, runs };
};

describe('events', () => {
  it('run once where they keep their budget', async () => {
    const { run, runs } = outcomes(new Map());
    const results = await runAll([one, two, three, four], run);
    expect(runs).toHaveLength(4);
    expect(results.map(({ event }) => event)).toEqual([one, two, three, four]);
    expect(allKept(results)).toBe(true);
  });

  it('are repeated once where they miss it, and both results stay', async () => {
    const { run } = outcomes(new Map([[two, [['slow'], []]]]));
    const results = await runAll([one, two, three], run);
    expect(results.map(({ event, faults }) => [event.name, ...faults])).toEqual([
      [one.name],
      [two.name, 'slow'],
      [two.name],
      [three.name],
    ]);
    expect(allKept(results)).toBe(true);
  });

  it('have failed where they miss it twice', async () => {
    const { run, runs } = outcomes(new Map([[one, [['slow'], ['slow again'], []]]]));
    const results = await runAll([one, two], run);
    expect(runs.filter((event) => event === one)).toHaveLength(2);
    expect(allKept(results)).toBe(false);
  });

  it('run three at once', async () => {
    let running = 0;
    let most = 0;
    await runAll([one, two, three, four], async (event) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      return { event, faults: [] };
    });
    expect(most).toBe(3);
  });
});

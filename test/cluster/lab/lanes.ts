import type { Event } from './events';
import type { Result } from './run';

/** Events at once. Each has a rig of its own, and all of them wait most of the time. */
const LANES = 3;

/**
 * Runs events, longest first as they are listed; one over budget once more, for other work on the machine may have been
 * to blame. @returns every result; of a repeated event both, one after the other.
 */
export async function runAll(events: readonly Event[], run: (event: Event) => Promise<Result>): Promise<Result[]> {
  const waiting = [...events];
  const results = new Map<Event, readonly Result[]>();
  const follow = async () => {
    for (let event = waiting.shift(); event !== undefined; event = waiting.shift()) {
      const first = await run(event);
      results.set(event, first.faults.length === 0 ? [first] : [first, await run(event)]);
    }
  };
  await Promise.all(Array.from({ length: LANES }, follow));
  return events.flatMap((event) => results.get(event) ?? []);
}

/** Whether every event kept its budget, at the second time at the latest. */
export const allKept = (results: readonly Result[]): boolean =>
  results.every(({ event, faults }) => faults.length === 0 || keptLater(event, results));

const keptLater = (event: Event, results: readonly Result[]): boolean =>
  results.some((other) => other.event === event && other.faults.length === 0);

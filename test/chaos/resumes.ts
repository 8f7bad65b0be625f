/** Milliseconds by `performance.now()`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A store that was away; `to` is the moment at which it answered again, not yet known while it is away. */
export interface Outage extends Span {
  to: number;
}

/** Milliseconds after a store's return in which pods find it again: the largest wait between two of their attempts, and one answer. */
export const REDISCOVERY = 1_250;

/**
 * Splits the times from a lost connection to the last missed message into those that had a store to resume from all the while, and the others.
 * The others are measured from the return of the store: of the last one, where it went several times.
 */
export function splitResumes(resumes: readonly Span[], outages: readonly Span[]) {
  const times: number[] = [];
  const afterOutage: number[] = [];
  for (const { from, to } of resumes) {
    const during = outages.filter((outage) => from < outage.to + REDISCOVERY && to > outage.from).at(-1);
    if (during) afterOutage.push(to - Math.max(from, during.to));
    else times.push(to - from);
  }
  return { times, afterOutage };
}

/** Times from each return of a store until a client showed something again, where the store did not go again before. */
export function nextShown(outages: readonly Span[], showed: readonly number[]): number[] {
  return outages.flatMap(({ to }, at) => {
    const next = showed.find((moment) => moment >= to);
    const gone = outages[at + 1]?.from ?? Number.POSITIVE_INFINITY;
    return next === undefined || next > gone ? [] : next - to;
  });
}

/** The value that so many percent do not exceed; 0 of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}

import type { Seen } from './traffic';

/** What an event may cost; what is not named may cost anything. Milliseconds. */
export interface Budget {
  /** Longest time without a good answer. */
  readonly gap?: number;
  /** Requests that failed. */
  readonly failed?: number;
  /** Longest time without a beat of a stream that was open. */
  readonly stall?: number;
  /** The address stays where it is. */
  readonly stays?: true;
  /** A silent stream is answered after so long. */
  readonly silence?: number;
}

/** What happened between an event and the end of its window. Milliseconds. */
export interface Measurement {
  readonly requests: number;
  readonly failed: number;
  readonly gap: number;
  readonly stall: number;
  /** From the event until another machine held the address; undefined where it stayed. */
  readonly moved?: number;
  /** How long the silent stream lived, where there was one. */
  readonly silence?: number;
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

/** @param gained when another machine got the address. */
export function measure(seen: readonly Seen[], { from, to }: Window, gained: readonly number[] = []): Measurement {
  const requests = seen.filter((one) => one.kind === 'request').filter(({ at }) => at >= from && at < to);
  const answers = requests.filter(({ ok }) => ok).map(({ at, took }) => at + took);
  const beats = seen.filter((one) => one.kind === 'beat');
  const streams = [...new Set(beats.map(({ stream }) => stream))];
  const stalls = streams.map((stream) => {
    const times = beats.filter((beat) => beat.stream === stream).map(({ at }) => at);
    return longestGap(times, { from, to });
  });
  const moved = gained.find((at) => at >= from);
  const silence = seen.find((one) => one.kind === 'silence');
  return {
    requests: requests.length,
    failed: requests.length - answers.length,
    gap: longestGap(answers, { from, to }),
    stall: Math.max(0, ...stalls),
    ...(moved === undefined ? {} : { moved: moved - from }),
    ...(silence ? { silence: silence.lasted } : {}),
  };
}

/** Also from the event to the first, and from the last to the end: what never comes back is the longest gap of all. */
function longestGap(times: readonly number[], { from, to }: Window): number {
  const within = [from, ...times.filter((at) => at > from && at < to).sort((a, b) => a - b), to];
  return Math.max(...within.slice(1).map((at, index) => at - (within[index] ?? from)));
}

/** Every way in which a measurement misses its budget. */
export function faultsOf(budget: Budget, measured: Measurement): string[] {
  const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;
  return [
    ...over(budget.gap, measured.gap, (value) => `${seconds(value)} without a good answer`),
    ...over(budget.failed, measured.failed, (value) => `${value} failed`),
    ...over(budget.stall, measured.stall, (value) => `a stream without a beat for ${seconds(value)}`),
    ...(budget.stays && measured.moved !== undefined ? [`the address moved after ${seconds(measured.moved)}`] : []),
    ...(budget.silence && (measured.silence ?? 0) < budget.silence
      ? [`a silent stream lived ${seconds(measured.silence ?? 0)}; expected ${seconds(budget.silence)}`]
      : []),
  ];
}

const over = (most: number | undefined, value: number, show: (value: number) => string): string[] =>
  most === undefined || value <= most ? [] : [`${show(value)}; expected at most ${show(most)}`];

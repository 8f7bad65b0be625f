import { cpuSeconds } from '../process-figures';
import type { Crowd } from './crowd';

/** How to keep a chat busy. */
export interface LoadOrder {
  /** At most so many messages are on their way: as many as members of their room still wait for. Alone, always as many. */
  readonly outstanding?: number;
  /** Messages a second. */
  readonly perSecond?: number;
  readonly textBytes: number;
  /** Not measured. */
  readonly warmSeconds: number;
  readonly seconds: number;
  /** Processes whose processor time is measured. */
  readonly pids: readonly number[];
}

/** What came of it. Everything but `lost` and `duplicated`, which count from the first message on, is of the measured seconds. */
export interface Load {
  readonly seconds: number;
  readonly messages: number;
  readonly deliveries: number;
  /** WebSocket messages that carried them. */
  readonly events: number;
  /** What clients received, WebSocket payloads alone. */
  readonly bytes: number;
  /** Seconds of processor time, user and system, in the order of `pids`. */
  readonly cpu: readonly number[];
  /** Milliseconds from sending to delivery. Only with `perSecond`. */
  readonly latency?: { readonly p50: number; readonly p99: number };
  readonly checked: number;
  readonly lost: number;
  readonly duplicated: number;
}

/** Seconds that the last deliveries and acknowledgements may take. */
const END_SECONDS = 10;

export async function runLoad(crowd: Crowd, order: LoadOrder): Promise<Load> {
  const post = () => crowd.post(order.textBytes);
  const latencies: number[] = [];
  let measuring = false;
  let over = false;
  crowd.onArrival = (sentAt, complete) => {
    if (measuring && order.perSecond) latencies.push(performance.now() - sentAt);
    if (complete && !over && !order.perSecond) post();
  };
  const stop = order.perSecond ? postSteadily(crowd, order, order.perSecond) : () => {};
  if (!order.perSecond) for (let sent = 0; sent < (order.outstanding ?? 0); sent++) post();

  const spend = async (count: number) => {
    await seconds(count);
    refuseFaults(crowd);
  };
  await spend(order.warmSeconds);
  measuring = true;
  const before = snapshot(crowd, order.pids);
  await spend(order.seconds);
  const after = snapshot(crowd, order.pids);
  measuring = false;
  over = true;
  stop();
  await crowd.settle(END_SECONDS);

  refuseFaults(crowd);
  const { tally } = crowd;
  return {
    seconds: after.at - before.at,
    messages: after.messages - before.messages,
    deliveries: after.deliveries - before.deliveries,
    events: after.events - before.events,
    bytes: after.bytes - before.bytes,
    cpu: order.pids.map((_, index) => (after.cpu[index] ?? 0) - (before.cpu[index] ?? 0)),
    ...(order.perSecond ? { latency: percentiles(latencies) } : {}),
    checked: tally.deliveries,
    lost: tally.missing,
    duplicated: tally.duplicated + tally.strayed,
  };
}

/** A run with faults has no figures. */
function refuseFaults({ faults }: Crowd): void {
  if (faults.length > 0) throw new Error([`${faults.length} faults, such as:`, ...faults.slice(0, 3)].join('\n'));
}

const snapshot = ({ tally, events, bytes }: Crowd, pids: readonly number[]) => ({
  at: performance.now() / 1000,
  messages: tally.messages,
  deliveries: tally.deliveries,
  events,
  bytes,
  cpu: pids.map(cpuSeconds),
});

function percentiles(values: readonly number[]): { p50: number; p99: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * sorted.length)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

/** Spreads the messages over each second. @returns what ends it. */
function postSteadily(
  crowd: Crowd,
  { outstanding = Number.POSITIVE_INFINITY, textBytes }: LoadOrder,
  perSecond: number,
): () => void {
  const started = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.ceil(((performance.now() - started) / 1000) * perSecond);
    for (; sent < due && crowd.tally.open < outstanding; sent++) crowd.post(textBytes);
    // What could not be sent in time is not sent later in one go.
    sent = due;
  }, 1);
  return () => clearInterval(timer);
}

const seconds = (count: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, count * 1000));

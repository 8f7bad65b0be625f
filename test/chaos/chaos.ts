import { setTimeout as sleep } from 'node:timers/promises';
import { faultsOf, hurtConnections } from './faults';
import type { Guest } from './guest';
import { readLog } from './person';
import { Random } from './random';
import type { Stage } from './stage';
import { count, type Tally } from './tally';

export interface ChaosOptions {
  /** How many of the clients send. */
  readonly senders: number;
  /** Messages that each of them sends in a second. */
  readonly rate: number;
  /** Seconds that it lasts at least; every fault happens once at least. */
  readonly seconds: number;
  readonly seed: number;
  /** Clients whose connection falls silent for good at the beginning, with nobody told. */
  readonly silenced: number;
}

export interface Outcome {
  readonly tally: Tally;
  /** How often each fault happened. */
  readonly faults: ReadonlyMap<string, number>;
  /** Milliseconds from a connection's silence until its client noticed. */
  readonly noticed: readonly number[];
  /** Clients that could have heard of everything at any time. */
  readonly spared: readonly Guest[];
}

/** Milliseconds after the last fault in which everything has to arrive. A sender gives up after 60 s. */
const SETTLE = 75_000;
/** Milliseconds between two faults of processes and stores. */
const PAUSE = [300, 1_200] as const;

/** People write, things break, and everything comes back; then what arrived is counted. */
export async function runChaos(stage: Stage, options: ChaosOptions): Promise<Outcome> {
  const { guests } = stage;
  await until(() => guests.every(({ isOnline }) => isOnline));
  const random = new Random(options.seed);
  const stop = new AbortController();
  const writing = writeUntil(stop.signal, guests.slice(0, options.senders), options.rate);
  const shuffled = random.shuffle(guests);
  const noticing = shuffled.slice(0, options.silenced).map(silence);
  const spared = shuffled.slice(options.silenced);
  const hurting = hurtConnections({ ...stage, guests: spared }, new Random(options.seed + 1), stop.signal);
  const end = performance.now() + options.seconds * 1_000;
  const faults = new Map<string, number>();
  do {
    for (const fault of random.shuffle(faultsOf(stage))) {
      await sleep(random.between(...PAUSE));
      await fault.run(stage, random);
      faults.set(fault.name, (faults.get(fault.name) ?? 0) + 1);
      if (performance.now() > end && faults.size === faultsOf(stage).length) break;
    }
    if (faults.size === 0) await sleep(end - performance.now());
  } while (performance.now() < end);
  stop.abort();
  await writing;
  for (const [name, times] of await hurting) faults.set(name, times);
  const noticed = await Promise.all(noticing);
  if (noticed.length > 0) faults.set('TCP silent for good', noticed.length);
  return { tally: await settle(stage), faults, noticed, spared };
}

/** Waits until everything has arrived, or until what has not will not any more. */
export async function settle({ guests, rooms }: Stage): Promise<Tally> {
  await until(() => guests.every(({ isDone, isOnline }) => isDone && isOnline), SETTLE);
  const logs = await Promise.all(
    rooms.map((room) => readLog((guests.find((guest) => guest.rooms.includes(room)) as Guest).person, room)),
  );
  const arrived = () =>
    guests.every((guest) =>
      logs.every(({ room, messages }) => !guest.rooms.includes(room) || guest.standsAt(room, messages.length)),
    );
  await until(arrived, SETTLE);
  return count(
    logs,
    guests.map(({ record }) => record),
  );
}

/** @returns milliseconds until the client noticed. */
async function silence(guest: Guest): Promise<number> {
  const from = performance.now();
  guest.line.silence();
  await until(() => !guest.isOnline);
  return performance.now() - from;
}

async function writeUntil(stop: AbortSignal, senders: readonly Guest[], rate: number): Promise<void> {
  const start = performance.now();
  for (let number = 1; !stop.aborted; number += 1) {
    for (const [at, sender] of senders.entries()) {
      sender.say(sender.rooms[(number + at) % sender.rooms.length] as string, `${at} says ${number}`);
    }
    await sleep(start + (number * 1_000) / rate - performance.now());
  }
}

/** Waits for a condition. @returns whether it came, where there is a limit in milliseconds. */
export async function until(condition: () => boolean, limit = Number.POSITIVE_INFINITY): Promise<boolean> {
  const end = performance.now() + limit;
  while (!condition()) {
    if (performance.now() > end) return false;
    await sleep(10);
  }
  return true;
}

import { existsSync, readFileSync } from 'node:fs';
import { eventually, now, pause } from './clock';
import type { Event } from './events';
import { faultsOf, type Measurement, measure } from './judge';
import { createRig, type Parts, type Rig } from './rig';
import { startBusyClient, startClient } from './watch';

export interface Result {
  readonly event: Event;
  /** Missing where the event could not be brought about. */
  readonly measured?: Measurement;
  /** Ways in which it missed its budget. */
  readonly faults: readonly string[];
}

/** Lets one event happen to a rig of its own, and judges what a client saw of it. What goes wrong is a fault, too. */
export async function runEvent(event: Event, parts: Parts, print: (line: string) => void): Promise<Result> {
  try {
    const rig = await createRig(parts);
    try {
      return await judge(event, rig, print);
    } finally {
      await rig.close();
    }
  } catch (error) {
    return { event, faults: [(error as Error).message] };
  }
}

async function judge(event: Event, rig: Rig, print: (line: string) => void): Promise<Result> {
  const measured = await observe(event, rig);
  const faults = faultsOf(event.budget, measured);
  if (faults.length > 0) for (const line of lastWords(rig)) print(line);
  return { event, measured, faults };
}

async function observe(event: Event, rig: Rig): Promise<Measurement> {
  await event.before?.(rig);
  if (event.budget.silence) return measureSilence(rig, event.window);
  const client = await startBusyClient(rig);
  await client.untilBetweenRequests();
  const from = now();
  await event.strike(rig);
  await pause(event.window - (now() - from));
  const to = now();
  await client.stop();
  const gained = rig.address.gained.map(({ since }) => since);
  return measure(client.seen, { from, to }, gained);
}

async function measureSilence(rig: Rig, limit: number): Promise<Measurement> {
  const from = now();
  const client = startClient(rig, 'silent');
  await eventually('the end of a silent stream', () => client.seen.length > 0, limit);
  await client.stop();
  return measure(client.seen, { from, to: now() });
}

/** The last words of HAProxy and keepalived; HAProxy's lines on single connections are no words. */
const lastWords = (rig: Rig): string[] =>
  rig.balancers.flatMap(({ host, logs }) =>
    logs.filter(existsSync).flatMap((log) =>
      readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('<'))
        .slice(-5)
        .map((line) => `  ${host.namespace}: ${line}`),
    ),
  );

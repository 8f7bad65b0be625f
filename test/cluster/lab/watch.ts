import { on } from 'node:events';
import { createInterface } from 'node:readline';
import { eventually } from './clock';
import { startProgram } from './programs';
import type { Rig } from './rig';
import { type Seen, STREAMS } from './traffic';

/** A client at work. */
export interface Client {
  readonly seen: readonly Seen[];
  /**
   * Until a request has just ended. What is under way on a server when it dies is lost behind any balancer that does
   * not read it; that is no figure of this one.
   */
  untilBetweenRequests(): Promise<void>;
  /** Waits for the requests that are under way. */
  stop(): Promise<void>;
}

/** Good answers in a row after which a rig counts as healthy. */
const HEALTHY = 20;
/** Milliseconds of such an answer: a server that is slow to connect shows here. */
const PROMPT = 500;

/** Starts a client that asks all the time, and waits until everything is well: what breaks later was broken by the event. */
export async function startBusyClient(rig: Rig): Promise<Client> {
  const client = startClient(rig, 'busy');
  await eventually('a healthy rig', () => isHealthy(client.seen), 60_000);
  return client;
}

function isHealthy(seen: readonly Seen[]): boolean {
  const requests = seen.filter((one) => one.kind === 'request').slice(-HEALTHY);
  const streams = new Set(seen.filter((one) => one.kind === 'beat').map(({ stream }) => stream));
  const prompt = requests.filter(({ ok, took }) => ok && took < PROMPT);
  return prompt.length === HEALTHY && streams.size === STREAMS;
}

export function startClient({ client, vip, port }: Rig, mode: 'busy' | 'silent'): Client {
  const seen: Seen[] = [];
  const process = startProgram(client, 'client.ts', [vip, String(port), mode]);
  const lines = createInterface(process.stdout as NodeJS.ReadableStream);
  lines.on('line', (line) => seen.push(JSON.parse(line) as Seen));
  return {
    seen,
    untilBetweenRequests: async () => {
      for await (const line of on(lines, 'line')) if (String(line).includes('"request"')) return;
    },
    stop: async () => {
      process.stdin?.end();
      await process;
    },
  };
}

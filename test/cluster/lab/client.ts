/**
 * A client of the API: new requests all the time, streams that beat, or one that is silent. Prints what it saw, a line of
 * JSON each, until standard input ends; requests under way are waited for.
 * Arguments: address, port, `busy` or `silent`.
 */
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { now } from './clock';
import { BEAT, REQUEST_EVERY, REQUEST_LIMIT, type Seen, STREAMS } from './traffic';

const [address, port, mode] = process.argv.slice(2);
// No session is resumed and no connection used twice: each request pays for its TLS as a new client's does.
const agent = new Agent({ keepAlive: false, maxCachedSessions: 0 });
const say = (seen: Seen): void => console.log(JSON.stringify(seen));

/** @returns whether the answer was good and whole. */
const get = (path: string, onData: () => void = () => undefined, limit?: number): Promise<boolean> =>
  new Promise((resolve) => {
    const finish = (ok: boolean) => {
      clearTimeout(timer);
      sent.destroy();
      resolve(ok);
    };
    const read = (response: IncomingMessage) => {
      response.on('data', onData);
      response.on('error', () => finish(false));
      response.on('close', () => finish(response.complete && response.statusCode === 200));
    };
    const sent = request({ host: address, port, path, agent, rejectUnauthorized: false }, read);
    const timer = limit && setTimeout(() => finish(false), limit);
    sent.on('error', () => finish(false));
    sent.end();
  });

async function ask(): Promise<void> {
  const at = now();
  const ok = await get('/version', undefined, REQUEST_LIMIT);
  say({ kind: 'request', at, took: now() - at, ok });
}

async function follow(stream: number): Promise<void> {
  for (;;) {
    await get('/beats', () => say({ kind: 'beat', stream, at: now() }));
    await new Promise((resolve) => setTimeout(resolve, BEAT));
  }
}

async function endure(): Promise<void> {
  const at = now();
  await get('/silence');
  say({ kind: 'silence', lasted: now() - at });
}

const underWay = new Set<Promise<void>>();

function keepAsking(): NodeJS.Timeout {
  return setInterval(() => {
    const asked = ask().finally(() => underWay.delete(asked));
    underWay.add(asked);
  }, REQUEST_EVERY);
}

const asking = mode === 'busy' ? keepAsking() : undefined;
if (mode === 'busy') for (let stream = 0; stream < STREAMS; stream++) void follow(stream);
else void endure();

process.stdin.resume().on('end', async () => {
  clearInterval(asking);
  await Promise.all(underWay);
  process.exit(0);
});

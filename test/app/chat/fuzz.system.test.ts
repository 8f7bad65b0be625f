/**
 * Anything that can be sent is sent to a real process: it must live, forget it all, and let nobody into a room of others.
 * A failure prints the seed and the smallest input that fast-check found.
 */
import { until } from '../../support/until';
import { Arena } from './fuzz/arena';
import { fuzzBytes, fuzzHttp } from './fuzz/http';
import { fuzzEvents, fuzzFrames, fuzzWire } from './fuzz/sockets';

/** Of each half. */
const BATCHES = { http: 64, bytes: 30, events: 70, frames: 30, wire: 30 };
const INPUTS = 20_000;

it('no input ends a process, stays in its memory or reaches a room of others', async () => {
  const arena = await Arena.open(30);
  const { pid } = arena.server;
  const heaps: number[] = [];
  for (let half = 0; half < 2; half += 1) {
    await arena.sing();
    await fuzzHttp(arena, BATCHES.http);
    await arena.sing();
    await fuzzEvents(arena, BATCHES.events);
    await arena.sing();
    await fuzzFrames(arena, BATCHES.frames);
    await arena.sing();
    await fuzzWire(arena, BATCHES.wire);
    await fuzzBytes(arena, BATCHES.bytes);
    await until(async () => (await arena.metric('chat_connections')) === 1);
    heaps.push(await arena.heap());
  }
  expect(arena.inputs).toBeGreaterThanOrEqual(INPUTS);
  expect(arena.heard).toBeGreaterThan(INPUTS / 2);

  const { stored, live, expected } = await arena.canaryTexts();
  expect({ stored, live }).toEqual({ stored: expected, live: expected });
  expect(arena.disturbances).toEqual([]);

  arena.leave();
  for (const name of ['chat_connections', 'chat_rooms', 'chat_people_online']) {
    await until(async () => (await arena.metric(name)) === 0);
  }
  expect((await fetch(`${arena.server.url}/health`)).status).toBe(200);
  expect(arena.server.pid).toBe(pid);
  const [first = 0, second = 0] = heaps;
  expect(second / first).toBeLessThan(1.25);
}, 240_000);

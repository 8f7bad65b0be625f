import { createLog } from '@slipway/common/http';
import { connectRedis } from '../../../../../app/chat/src/stores/redis/connection';
import { startRedis } from '../../../../support/redis';

/** Holds up the whole process. */
const pause = (milliseconds: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);

const closing: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

async function watched() {
  const redis = await startRedis();
  const log = createLog('test', 'silent');
  const warn = jest.spyOn(log, 'warn');
  const connection = await connectRedis({ url: redis.url, waitSeconds: 5 }, log);
  closing.push(connection.close);
  return { redis, connection, warned: () => warn.mock.calls.map((words) => words.at(-1)) };
}

describe('the watch over Redis', () => {
  it('does not blame Redis for the time that this process had no time to read the answer', async () => {
    const { connection, warned } = await watched();
    const ask = connection.commands.ping;
    const ping = jest.spyOn(connection.commands, 'ping').mockImplementationOnce((...words) => {
      const answer = ask.apply(connection.commands, words);
      // The question is written in this turn of the event loop, before the pause; its answer comes in the pause.
      setImmediate(() => pause(1_800));
      return answer;
    });
    while (ping.mock.calls.length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(warned()).toEqual([]);
  });

  it('gives up a connection on which a frozen Redis answers nothing, and has another when it is back', async () => {
    const { redis, connection, warned } = await watched();
    redis.freeze();
    while (warned().length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(warned()).toContain('Redis does not answer; connecting anew');
    redis.thaw();
    while (!connection.commands.isReady) await new Promise((resolve) => setTimeout(resolve, 10));
    await connection.check();
  }, 20_000);
});

import { connectRedis, type RedisConnection } from '../../../../../app/chat/src/stores/redis/connection';
import { redisBus } from '../../../../../app/chat/src/stores/redis/log';
import { createLog } from '../../../../../app/common/src/http';
import { PASSWORD } from '../../../../support/chat-browser';
import { freePort } from '../../../../support/port';
import { startRedis } from '../../../../support/redis';
import { until } from '../../../../support/until';
import { startRedisAsDeployed } from './as-deployed';

jest.setTimeout(60_000);

const log = createLog('test', 'silent');
const open: RedisConnection[] = [];
afterEach(async () => {
  for (const connection of open.splice(0)) await connection.close();
});

async function connect(url: string) {
  const connection = await connectRedis({ url, waitSeconds: 10 }, log);
  open.push(connection);
  return connection;
}
const answers = (connection: RedisConnection) => () =>
  connection.check().then(
    () => true,
    () => false,
  );

describe('a Redis that does not let in', () => {
  it('is named with what to look at, and no password is shown', async () => {
    const url = `redis://127.0.0.1:${await freePort()}`;
    const error = await connectRedis({ url, password: PASSWORD, waitSeconds: 0 }, log).catch(String);
    expect(error).toMatch(
      /^Error: Redis at 127\.0\.0\.1:\d+ did not let us in within 0 s .*expected REDIS_URL, REDIS_USERNAME and REDIS_PASSWORD/,
    );
    expect(error).not.toContain(PASSWORD);
  });

  it('is refused with a wrong password', async () => {
    const { options } = await startRedisAsDeployed();
    const error = await connectRedis({ ...options, password: PASSWORD, waitSeconds: 1 }, log).catch(String);
    expect(error).toContain('did not let us in');
    expect(error).not.toContain(PASSWORD);
  });
});

describe('a Redis that is killed', () => {
  it('fails commands at once, and everything works again when it is back, subscriptions included', async () => {
    const server = await startRedis();
    const connection = await connect(server.url);
    const bus = redisBus(connection);
    const heard: string[] = [];
    let returns = 0;
    await bus.subscribe('chat:a', (text) => heard.push(text));
    bus.onReturn(() => {
      returns += 1;
    });
    await server.kill();
    await until(() => !connection.commands.isReady);
    await expect(connection.check()).rejects.toThrow();
    await server.restart();
    await until(answers(connection));
    await until(() => returns > 0);
    await connection.commands.publish('chat:a', 'back');
    await until(() => heard.length === 1);
    expect(heard).toEqual(['back']);
  });
});

describe('a Redis that is frozen', () => {
  it('fails what was asked of it, and what is asked then, and answers again when it goes on', async () => {
    const server = await startRedis();
    const connection = await connect(server.url);
    await connection.commands.set('chat:kept', '1');
    await server.freeze();
    await expect(connection.commands.get('chat:kept')).rejects.toThrow();
    await expect(connection.check()).rejects.toThrow();
    server.thaw();
    await until(answers(connection));
    expect(await connection.commands.get('chat:kept')).toBe('1');
  });
});

describe('a channel', () => {
  it('that is left and entered in turns, without waiting, is heard by whoever entered last', async () => {
    const bus = redisBus(await connect((await startRedis()).url));
    const heard: number[] = [];
    const turns: Promise<void>[] = [];
    const listeners = Array.from({ length: 50 }, (_, at) => () => void heard.push(at));
    for (const [at, listener] of listeners.entries()) {
      turns.push(bus.subscribe('chat:a', listener));
      if (at < listeners.length - 1) turns.push(bus.unsubscribe('chat:a', listener));
    }
    await Promise.all(turns);
    await bus.publish('chat:a', 'x');
    await until(() => heard.length > 0);
    expect(heard).toEqual([49]);
  });
});

describe('the end', () => {
  it('closes both connections, and may come twice', async () => {
    const connection = await connect((await startRedis()).url);
    await connection.close();
    await connection.close();
    expect([connection.commands.isOpen, connection.subscriber.isOpen]).toEqual([false, false]);
  });
});

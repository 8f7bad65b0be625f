import { existsSync, readFileSync } from 'node:fs';
import { createClient } from 'redis';
import { execute, startMariaDb } from './mariadb';
import { startRedis } from './redis';

async function ask(url: string, ...command: string[]): Promise<unknown> {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  return client.sendCommand(command).finally(() => client.destroy());
}

describe('a real redis-server', () => {
  it('keeps its data over kill -9 and a freeze, and takes it along when it is removed', async () => {
    const server = await startRedis();
    await ask(server.url, 'SET', 'kept', 'yes');
    const { pid } = server;
    await server.kill();
    await expect(ask(server.url, 'GET', 'kept')).rejects.toThrow('ECONNREFUSED');
    await server.restart();
    expect(server.pid).not.toBe(pid);
    await server.freeze();
    expect(readFileSync(`/proc/${server.pid}/stat`, 'utf8')).toContain(') T ');
    server.thaw();
    expect(await ask(server.url, 'GET', 'kept')).toBe('yes');
    expect(existsSync(server.folder)).toBe(true);
    await server.remove();
    expect(existsSync(server.folder)).toBe(false);
  });

  it('is not said to run where it ended at once, and says why', async () => {
    await expect(startRedis('--appendfsync', 'sometimes')).rejects.toThrow(/ended with 1.*appendfsync/s);
  });
});

describe('a real mariadbd', () => {
  it('keeps its data over kill -9', async () => {
    const server = await startMariaDb();
    const login = await server.newDatabase();
    await execute(login, 'CREATE TABLE kept (id INT)', 'INSERT INTO kept VALUES (7)');
    await server.kill();
    await server.restart();
    expect(await execute(login, 'SELECT id FROM kept')).toEqual([{ id: 7 }]);
  }, 60_000);
});

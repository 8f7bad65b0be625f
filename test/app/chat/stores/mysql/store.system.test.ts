import { memoryBus } from '../../../../../app/chat/src/stores/memory/log';
import { createMysqlStore } from '../../../../../app/chat/src/stores/mysql/store';
import { startMariaDb } from '../../../../support/mariadb';
import { freePort } from '../../../../support/port';

jest.setTimeout(60_000);

let server: Awaited<ReturnType<typeof startMariaDb>>;

beforeAll(async () => {
  server = await startMariaDb();
});

describe('the start of the MySQL store', () => {
  it('waits for a database that comes later', async () => {
    await server.stop();
    const created = createMysqlStore({ ...server.login, waitSeconds: 60 }, memoryBus());
    await server.restart();
    const store = await created;
    await expect(store.check()).resolves.toBeUndefined();
    await store.close();
    await expect(store.check()).rejects.toThrow();
  });

  it('names the address where nobody answers, and the settings to look at', async () => {
    const port = await freePort();
    const created = createMysqlStore({ ...server.login, port, waitSeconds: 0 }, memoryBus());
    await expect(created).rejects.toThrow(
      new RegExp(`^MySQL at 127\\.0\\.0\\.1:${port} .*within 0 s .*ECONNREFUSED.*MYSQL_HOST`),
    );
  });

  it('tells a wrong password from a database that is away, and never shows it', async () => {
    const password = ['not', 'the', 'one'].join(' ');
    const error = await createMysqlStore({ ...server.login, password, waitSeconds: 0 }, memoryBus()).catch(String);
    expect(error).toContain('Access denied');
    expect(error).not.toContain(password);
  });

  it('tells a database that is not there', async () => {
    const created = createMysqlStore({ ...server.login, database: 'chat_none', waitSeconds: 0 }, memoryBus());
    await expect(created).rejects.toThrow("Unknown database 'chat_none'");
  });
});

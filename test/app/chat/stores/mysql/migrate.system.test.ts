import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { type Connection, createConnection } from 'mysql2/promise';
import { memoryBus } from '../../../../../app/chat/src/stores/memory/log';
import { connectMysql } from '../../../../../app/chat/src/stores/mysql/connection';
import { migrate } from '../../../../../app/chat/src/stores/mysql/migrate';
import { migrations } from '../../../../../app/chat/src/stores/mysql/migrations';
import type { Schema } from '../../../../../app/chat/src/stores/mysql/schema';
import { createMysqlStore } from '../../../../../app/chat/src/stores/mysql/store';
import { execute, type Login, startMariaDb } from '../../../../support/mariadb';
import { newDraft, upTo } from '../contract/samples';
import { release1 } from './release-1';

const FIRST = '001-accounts-rooms-messages';
const ofRelease1 = { [FIRST]: migrations[FIRST] as (typeof migrations)[string] };
/** What Kysely's adapter takes while it migrates. */
const LOCK = 'ea586330-2c93-47c8-908d-981d9d270f9d';

jest.setTimeout(60_000);

let server: Awaited<ReturnType<typeof startMariaDb>>;
const opened: Kysely<Schema>[] = [];
const holders: Connection[] = [];
const connect = (login: Login): Kysely<Schema> => {
  const db = connectMysql({ ...login, waitSeconds: 1 }, { connections: 1, answer: 600_000 });
  opened.push(db);
  return db;
};
/** As a pod that migrates; its end is the end of the lock. */
async function holdLock(login: Login): Promise<Connection> {
  const connection = await createConnection({ ...login });
  holders.push(connection);
  await connection.query('SELECT GET_LOCK(?, 60)', [LOCK]);
  return connection;
}
const migrationsIn = async (login: Login) =>
  (await execute(login, 'SELECT name FROM kysely_migration ORDER BY name')).map(({ name }) => name);

beforeAll(async () => {
  server = await startMariaDb();
});
afterEach(async () => {
  for (const connection of holders.splice(0)) connection.destroy();
  for (const db of opened.splice(0)) await db.destroy();
});

describe('migrate', () => {
  it('is done once where many pods start at once', async () => {
    const login = await server.newDatabase();
    const ran: string[] = [];
    const counted = Object.fromEntries(
      Object.entries(migrations).map(([name, { up }]) => [
        name,
        { up: (db: Kysely<unknown>) => up(db).then(() => void ran.push(name)) },
      ]),
    );
    await Promise.all(upTo(6).map(() => migrate(connect(login), counted)));
    expect(ran).toEqual(Object.keys(migrations));
    expect(await migrationsIn(login)).toEqual(Object.keys(migrations));
  });

  it('leaves a schema as it is that a later release has brought further, or is bringing further now', async () => {
    const login = await server.newDatabase();
    await migrate(connect(login));
    await holdLock(login);
    await expect(migrate(connect(login), ofRelease1)).resolves.toBeUndefined();
    expect(await migrationsIn(login)).toEqual(Object.keys(migrations));
  });

  it('leaves it also where the later release was first only just now', async () => {
    const login = await server.newDatabase();
    const gate = await holdLock(login);
    const waiting = () =>
      execute(login, `SELECT id FROM information_schema.processlist WHERE info LIKE 'select get_lock%${LOCK}%'`);
    const later = migrate(connect(login));
    while ((await waiting()).length < 1);
    const earlier = migrate(connect(login), ofRelease1);
    while ((await waiting()).length < 2);
    gate.destroy();
    await expect(Promise.all([later, earlier])).resolves.toBeDefined();
    expect(await migrationsIn(login)).toEqual(Object.keys(migrations));
  });

  it.each(Object.keys(migrations))('goes on where a start ended between %s and the note of it', async (name) => {
    const login = await server.newDatabase();
    await migrate(connect(login));
    await execute(login, `DELETE FROM kysely_migration WHERE name >= '${name}'`);
    await expect(migrate(connect(login))).resolves.toBeUndefined();
    expect(await migrationsIn(login)).toEqual(Object.keys(migrations));
  });

  it('tells which statement failed and keeps what was done before', async () => {
    const login = await server.newDatabase();
    const broken = { up: async (db: Kysely<unknown>) => void (await sql`CREATE NONSENSE`.execute(db)) };
    await expect(migrate(connect(login), { ...ofRelease1, '002-broken': broken })).rejects.toThrow('NONSENSE');
    expect(await migrationsIn(login)).toEqual([FIRST]);
  });
});

describe('a pod of release 1 beside this release, on this release’s schema', () => {
  it('sees what this release writes, which sees what it writes', async () => {
    const login = await server.newDatabase();
    await migrate(connect(login), ofRelease1);
    const old = await release1(login);
    const ada = await old.register('ada');
    const store = await createMysqlStore({ ...login, waitSeconds: 10 }, memoryBus());
    try {
      const room = await old.makeRoom('garden');
      await old.join(room, ada);
      expect(await store.accounts.findByName('Ada')).toEqual({ id: ada, name: 'ada', hash: 'hash' });
      expect(await store.rooms.find(room, ada)).toEqual({
        room: { id: room, kind: 'public', name: 'garden' },
        head: { seq: 0, epoch: 'first' },
        read: 0,
      });

      const bob = randomUUID();
      await store.accounts.create({ id: bob, name: 'bob', hash: 'hash' });
      await store.rooms.join(room, bob);
      await store.rooms.markRead(room, ada, 3);
      await old.join(room, ada);
      expect(await old.isMember(room, bob)).toBe(true);
      expect(await store.rooms.find(room, ada)).toMatchObject({ read: 3 });
    } finally {
      old.close();
      await store.close();
    }
  });

  it('numbers messages together with this release', async () => {
    const login = await server.newDatabase();
    const store = await createMysqlStore({ ...login, waitSeconds: 10 }, memoryBus());
    const old = await release1(login);
    try {
      const room = await old.makeRoom('garden');
      const sendAll = async () => {
        for (const text of upTo(20)) await old.send(room, 'ada', `old ${text}`);
      };
      await Promise.all([
        sendAll(),
        ...upTo(20).map((text) => store.log.append(room, newDraft({ text: `new ${text}` }), 0)),
      ]);
      const { messages } = await store.log.after(room, 0, 100);
      expect(messages.map(({ seq }) => seq)).toEqual(upTo(40));
      expect(await old.read(room)).toEqual(messages.map(({ text }) => text));
    } finally {
      old.close();
      await store.close();
    }
  });
});

import { type AddressInfo, createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { connectMysql } from '../../../../../app/chat/src/stores/mysql/connection';
import type { Schema } from '../../../../../app/chat/src/stores/mysql/schema';
import { execute, startMariaDb } from '../../../../support/mariadb';
import { upTo } from '../contract/samples';

const LIMITS = { connections: 3, answer: 1_000 };

/** A server that is set up as differently as it can be. */
const ODD = ['--sql-mode=NO_BACKSLASH_ESCAPES', '--transaction-isolation=SERIALIZABLE', '--wait-timeout=9999'];

jest.setTimeout(60_000);

let server: Awaited<ReturnType<typeof startMariaDb>>;
let db: Kysely<Schema>;
const ask = () => sql<{ one: number }>`SELECT 1 AS one`.execute(db);
/** Asks until there is an answer. */
async function answered(): Promise<void> {
  for (;;) {
    try {
      await ask();
      return;
    } catch {
      // A connection that is known to be closed fails at once: whatever makes it known to the pool needs its turn.
      await setImmediate();
    }
  }
}

beforeAll(async () => {
  server = await startMariaDb(...ODD);
  db = connectMysql({ ...server.login, waitSeconds: 1 }, LIMITS);
});
afterAll(() => db.destroy());
beforeEach(answered);

describe('connections to MySQL', () => {
  it('mean the same by a statement, however the server is set up', async () => {
    const { rows } = await sql<Record<string, unknown>>`SELECT @@sql_mode AS mode, @@wait_timeout AS silence,
      @@innodb_lock_wait_timeout AS rowLock, @@lock_wait_timeout AS tableLock, @@tx_isolation AS isolation,
      @@character_set_client AS letters`.execute(db);
    expect(rows).toEqual([
      {
        mode: 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION',
        silence: 20,
        rowLock: 1,
        tableLock: 1,
        isolation: 'READ-COMMITTED',
        letters: 'utf8mb4',
      },
    ]);
  });

  it('take a value for a value, whatever it holds', async () => {
    for (const value of [`\\' OR 1=1 -- `, '\\', `"'\`;`]) {
      const { rows } = await sql<{ same: string }>`SELECT ${value} AS same`.execute(db);
      expect(rows).toEqual([{ same: value }]);
    }
  });

  it('are no more than they may be', async () => {
    const seen = await Promise.all(upTo(20).map(() => sql<{ id: number }>`SELECT CONNECTION_ID() AS id`.execute(db)));
    expect(new Set(seen.map(({ rows }) => rows[0]?.id)).size).toBeLessThanOrEqual(3);
  });

  it('are replaced when the server has ended them', async () => {
    const { rows } = await sql<{ id: number }>`SELECT CONNECTION_ID() AS id`.execute(db);
    await execute(server.login, `KILL ${rows[0]?.id}`);
    await answered();
    await expect(Promise.all(upTo(10).map(ask))).resolves.toHaveLength(10);
  });
});

describe('a database that is frozen', () => {
  afterEach(() => server.thaw());

  it('gives errors to all who ask, also to those who only wait for a connection, and answers again afterwards', async () => {
    await server.freeze();
    const answers = await Promise.allSettled(upTo(12).map(ask));
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill('rejected'));
    const again = await Promise.allSettled(upTo(12).map(ask));
    expect(again.map(({ status }) => status)).toEqual(Array(12).fill('rejected'));
    server.thaw();
    await answered();
    await expect(Promise.all(upTo(12).map(ask))).resolves.toHaveLength(12);
  });

  it('keeps nobody from leaving', async () => {
    const leaving = connectMysql({ ...server.login, waitSeconds: 1 }, { connections: 1, answer: 1_000 });
    let left: Promise<void> | undefined;
    const transaction = leaving.transaction().execute(async (inside) => {
      await server.freeze();
      const answer = sql`SELECT 1`.execute(inside);
      void setImmediate().then(() => {
        left = leaving.destroy();
      });
      await answer;
    });
    await expect(transaction).rejects.toThrow('no answer');
    await left;
  });

  it('is named as the cause when it freezes in a transaction', async () => {
    const transaction = db.transaction().execute(async (inside) => {
      await server.freeze();
      await sql`SELECT 1`.execute(inside);
    });
    await expect(transaction).rejects.toThrow('MySQL: no answer within 1000 ms');
  });
});

describe('a database that is killed', () => {
  it('gives errors until it is back, and serves as before then', async () => {
    const transaction = db
      .transaction()
      .execute((inside) => Promise.all([sql`SELECT SLEEP(60)`.execute(inside), server.kill()]));
    await expect(transaction).rejects.toThrow(/Connection lost|ECONNRESET/);
    await expect(ask()).rejects.toThrow(/ECONNREFUSED|ECONNRESET|closed/);
    await server.restart();
    await answered();
    await expect(Promise.all(upTo(12).map(ask))).resolves.toHaveLength(12);
  });
});

describe('a host that takes connections and says nothing', () => {
  it('is called again and again', async () => {
    let calls = 0;
    const mute = createServer(() => {
      calls += 1;
    });
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const { port } = mute.address() as AddressInfo;
    const lost = connectMysql({ ...server.login, port, waitSeconds: 1 }, { connections: 1, answer: 100 });
    while (calls < 3) await expect(sql`SELECT 1`.execute(lost)).rejects.toThrow();
    await lost.destroy();
    mute.close();
  }, 8_000);
});

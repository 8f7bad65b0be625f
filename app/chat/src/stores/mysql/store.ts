import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Bus } from '../../fanout/log';
import type { Store } from '../store';
import { MysqlAccounts } from './accounts';
import { connectMysql, type MysqlOptions } from './connection';
import { MysqlLog } from './log';
import { migrate } from './migrate';
import { MysqlRooms } from './rooms';
import type { Schema } from './schema';

/** Half of what a probe and a person's patience allow: a dead database gives errors, not silence. */
const SERVING = { connections: 10, answer: 2_000 };
/** Another pod may be migrating, and a migration may take long. */
const MIGRATING = { connections: 1, answer: 600_000 };
/** Milliseconds between attempts at the start: they double up to the largest. */
const RETRY = { least: 50, most: 1_000 };

/**
 * Waits for the database, brings its schema up to this release and keeps everything in it. New messages are told over the bus.
 * @throws Error naming the address when the database does not let us in in time, or the error of the migration that failed.
 */
export async function createMysqlStore(options: MysqlOptions, bus: Bus): Promise<Store> {
  const db = connectMysql(options, SERVING);
  try {
    await firstAnswer(db, options);
    await migrateOnce(options);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    name: 'mysql',
    accounts: new MysqlAccounts(db),
    rooms: new MysqlRooms(db),
    log: new MysqlLog(db, bus),
    check: () => check(db),
    close: () => db.destroy(),
  };
}

async function check(db: Kysely<Schema>): Promise<void> {
  await sql`SELECT 1`.execute(db);
}

async function firstAnswer(db: Kysely<Schema>, { host, port, user, database, waitSeconds }: MysqlOptions) {
  const deadline = performance.now() + waitSeconds * 1_000;
  for (let wait = RETRY.least; ; wait = Math.min(wait * 2, RETRY.most)) {
    try {
      return await check(db);
    } catch (error) {
      if (performance.now() + wait > deadline) {
        throw new Error(
          `MySQL at ${host}:${port} did not let ${user} into ${database} within ${waitSeconds} s (${(error as Error).message}); expected MYSQL_HOST, MYSQL_PORT, MYSQL_USER, MYSQL_DATABASE and MYSQL_PASSWORD of one that runs`,
        );
      }
    }
    await pause(wait);
  }
}

async function migrateOnce(options: MysqlOptions): Promise<void> {
  const db = connectMysql(options, MIGRATING);
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}

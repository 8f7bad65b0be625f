import { Kysely, MysqlDialect, type MysqlPool, type MysqlPoolConnection } from 'kysely';
import { createPool, type Pool, type PoolConnection } from 'mysql2';
import type { Schema } from './schema';

export interface MysqlOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  readonly password?: string;
  /** Seconds to wait for the database at the start. */
  readonly waitSeconds: number;
}

export interface Limits {
  /** Most connections of this process. */
  readonly connections: number;
  /** Milliseconds that a statement may take, and the wait for a free connection. */
  readonly answer: number;
}

/** Seconds after which the server ends a connection that says nothing: a pod that vanished in a transaction holds its room's lock no longer. */
const SILENCE = 20;
/** Seconds to wait for a lock: less than `answer`, so that the server says which one it was. */
const LOCK_WAIT = 1;

/** What statements mean must not depend on how the server is set up. */
const SESSION = [
  "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', SESSION innodb_lock_wait_timeout = " +
    `${LOCK_WAIT}, SESSION lock_wait_timeout = ${LOCK_WAIT}, SESSION wait_timeout = ${SILENCE}`,
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

/** Connects when it is asked something. A connection that died or did not answer in time is replaced by a new one. */
export function connectMysql(options: MysqlOptions, limits: Limits): Kysely<Schema> {
  const { host, port, user, database, password } = options;
  const pool = createPool({
    ...{ host, port, user, database, password, charset: 'utf8mb4', stringifyObjects: true },
    ...{ connectionLimit: limits.connections, connectTimeout: limits.answer },
    // Idle ones go before the server ends them, but only where `maxIdle` is below the limit.
    ...{ maxIdle: limits.connections - 1, idleTimeout: (SILENCE / 2) * 1_000 },
  });
  // A connection does its statements in order: these come before all others.
  pool.on('connection', (connection) => {
    for (const statement of SESSION) connection.query(statement, (error) => error && connection.destroy());
  });
  return new Kysely<Schema>({ dialect: new MysqlDialect({ pool: new LimitedPool(pool, limits.answer) }) });
}

/** mysql2's pool, which of itself waits for ever: for a connection, and for an answer. */
class LimitedPool implements MysqlPool {
  private readonly known = new WeakMap<PoolConnection, LimitedConnection>();

  constructor(
    private readonly pool: Pool,
    private readonly limit: number,
  ) {}

  getConnection(callback: (error: unknown, connection: MysqlPoolConnection) => void): void {
    const answer = callback as (error: unknown, connection?: MysqlPoolConnection) => void;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      answer(new Error(`MySQL: no free connection within ${this.limit} ms`));
    }, this.limit);
    this.pool.getConnection((error, connection) => {
      clearTimeout(timer);
      if (late) connection?.release();
      else if (error) answer(error);
      else answer(undefined, this.limited(connection));
    });
  }

  /** Connections that cannot end in good order just end. */
  end(callback: (error: unknown) => void): void {
    const end = () => {
      clearTimeout(timer);
      callback(undefined);
    };
    const timer = setTimeout(end, this.limit);
    this.pool.end(end);
  }

  private limited(connection: PoolConnection): LimitedConnection {
    const limited = this.known.get(connection) ?? new LimitedConnection(connection, this.limit);
    this.known.set(connection, limited);
    return limited;
  }
}

class LimitedConnection implements MysqlPoolConnection {
  private failure: Error | undefined;

  constructor(
    private readonly connection: PoolConnection,
    private readonly limit: number,
  ) {}

  query(sql: string, parameters: readonly unknown[]): never;
  query(sql: string, parameters: readonly unknown[], callback: (error: unknown, result: unknown) => void): void;
  query(sql: string, parameters: readonly unknown[], callback?: (error: unknown, result: unknown) => void): void {
    if (callback === undefined) throw new Error('statements are not streamed here');
    // The rollback after a failure must not hide it.
    if (this.failure) callback(this.failure, undefined);
    else this.ask(sql, parameters, callback);
  }

  release(): void {
    this.connection.release();
  }

  private ask(sql: string, parameters: readonly unknown[], callback: (error: unknown, result: unknown) => void): void {
    const timer = setTimeout(() => {
      this.failure = new Error(`MySQL: no answer within ${this.limit} ms`);
      this.connection.destroy();
      callback(this.failure, undefined);
    }, this.limit);
    this.connection.query(sql, [...parameters], (error, result) => {
      clearTimeout(timer);
      if (error?.fatal) this.failure ??= error;
      callback(error, result);
    });
  }
}

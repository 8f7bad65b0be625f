import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { createConnection } from 'mysql2/promise';
import { freePort } from './port';
import { Server } from './server';

/** How to reach one database of the server. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

interface MariaDb {
  readonly login: Login;
  /** Makes another empty database, for the same user. */
  newDatabase(): Promise<Login>;
}

const PATH = `${process.env.PATH}:/usr/sbin`;
const AS = `--user=${process.getuid?.() === 0 ? 'root' : process.env.USER}`;
/** The log goes to the system at each commit, which outlives kill -9, and to the disk once a second. Small files start faster. */
const QUICK = ['--innodb-flush-log-at-trx-commit=2', '--innodb-log-file-size=8M', '--innodb-buffer-pool-size=32M'];

/** A real mariadbd with user `chat`, who may do everything in databases that begin with `chat`. */
export async function startMariaDb(...options: readonly string[]): Promise<Server & MariaDb> {
  const port = await freePort();
  const password = randomBytes(12).toString('base64');
  const server = await Server.start(port, (folder) => install(folder, port, password, options));
  const login = { host: '127.0.0.1', port, user: 'chat', password, database: 'chat' };
  let databases = 1;
  return Object.assign(server, {
    login,
    newDatabase: async () => {
      databases += 1;
      const database = `chat_${databases}`;
      await execute(login, `CREATE DATABASE ${database}`);
      return { ...login, database };
    },
  });
}

/** Runs statements on a connection of their own. @returns the rows of the last one. */
export async function execute(login: Login, ...statements: readonly string[]): Promise<Record<string, unknown>[]> {
  const connection = await createConnection({ ...login });
  try {
    let rows: unknown = [];
    for (const statement of statements) [rows] = await connection.query(statement);
    return rows as Record<string, unknown>[];
  } finally {
    connection.destroy();
  }
}

async function install(folder: string, port: number, password: string, options: readonly string[]) {
  // A server that starts deletes what looks temporary in its folder: two must not have the same one.
  const places = ['--no-defaults', `--datadir=${join(folder, 'data')}`, `--tmpdir=${folder}`, AS];
  await execa('mariadb-install-db', [...places, '--skip-test-db', ...QUICK], { env: { PATH } });
  const init = join(folder, 'init.sql');
  writeFileSync(
    init,
    `CREATE DATABASE IF NOT EXISTS chat;
CREATE USER IF NOT EXISTS chat@'%' IDENTIFIED BY '${password}';
GRANT ALL ON \`chat%\`.* TO chat@'%';
`,
  );
  return {
    file: 'mariadbd',
    args: [
      ...[...places, `--init-file=${init}`, `--socket=${join(folder, 'socket')}`, `--pid-file=${join(folder, 'pid')}`],
      ...[`--port=${port}`, '--bind-address=127.0.0.1', '--skip-name-resolve'],
      ...QUICK,
      ...options,
    ],
    ready: 'ready for connections',
  };
}

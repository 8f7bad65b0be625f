/** The probe that dist/ carries, asked of a real server: MariaDB, because MySQL itself is in no package archive of Debian. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kind } from '../../../charts/environments/kind';
import { temporaryFolder } from '../../support/copy';
import { freePort } from '../../support/port';
import { render } from '../../support/rendered';

const PASSWORD = 'a password, 100 % secret';
const PATH = `${process.env.PATH}:/usr/sbin`;
const probeScript: string = render(kind).object('ConfigMap', 'mysql').data['probe.sh'];

/** A server on a fresh data folder, as the image makes it: one user, one database. */
async function startServer(folder: string, options: readonly string[]): Promise<ChildProcess> {
  const data = join(folder, 'data');
  const user = `--user=${process.getuid?.() === 0 ? 'root' : process.env.USER}`;
  execFileSync(
    'mariadb-install-db',
    ['--no-defaults', `--datadir=${data}`, user, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { stdio: 'ignore' },
  );
  const init = join(folder, 'init.sql');
  writeFileSync(
    init,
    `CREATE DATABASE chat;\nCREATE USER chat@'%' IDENTIFIED BY '${PASSWORD}';\nGRANT ALL ON chat.* TO chat@'%';\n`,
  );
  const server = spawn(
    'mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      user,
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      `--init-file=${init}`,
      ...options,
    ],
    { env: { PATH }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`mariadbd ended with ${code}`)));
    server.stderr?.on('data', (chunk) => String(chunk).includes('ready for connections') && resolve());
  });
  return server;
}

async function stop(server: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}

describe('the probe', () => {
  let folder: string;
  let port: number;
  let server: ChildProcess;
  let script: string;
  const ask = (env: Record<string, string>) =>
    spawnSync('sh', [script], {
      env: { PATH, MYSQL_TCP_PORT: String(port), MYSQL_USER: 'chat', MYSQL_DATABASE: 'chat', ...env },
      encoding: 'utf8',
    });

  beforeAll(async () => {
    folder = temporaryFolder();
    script = join(folder, 'probe.sh');
    writeFileSync(script, probeScript);
    writeFileSync(join(folder, 'password'), `${PASSWORD}\n`);
    port = await freePort();
    server = await startServer(folder, [`--port=${port}`, '--bind-address=127.0.0.1']);
  }, 120_000);

  afterAll(() => stop(server), 60_000);

  it('succeeds with the password from a variable', () => {
    expect(ask({ MYSQL_PASSWORD: PASSWORD }).status).toBe(0);
  });

  it('succeeds with the password from a file', () => {
    expect(ask({ MYSQL_PASSWORD_FILE: join(folder, 'password') }).status).toBe(0);
  });

  it('fails where access is denied, which mysqladmin ping does not', () => {
    expect(ask({ MYSQL_PASSWORD: 'wrong' }).status).not.toBe(0);
    const ping = spawnSync(
      'mysqladmin',
      ['--no-defaults', '--host=127.0.0.1', `--port=${port}`, '--user=chat', 'ping'],
      { env: { PATH, MYSQL_PWD: 'wrong' } },
    );
    expect(ping.status).toBe(0);
  });

  it('fails where the database is missing', () => {
    expect(ask({ MYSQL_PASSWORD: PASSWORD, MYSQL_DATABASE: 'notes' }).status).not.toBe(0);
  });

  it('has no finding of shellcheck', () => {
    expect(spawnSync('shellcheck', ['--shell=sh', script], { encoding: 'utf8' }).stdout).toBe('');
  });
});

describe('during the first start', () => {
  it('is not fooled by the temporary server, which answers on its socket alone', async () => {
    const folder = temporaryFolder();
    const script = join(folder, 'probe.sh');
    writeFileSync(script, probeScript);
    const server = await startServer(folder, ['--skip-networking']);
    try {
      const overSocket = spawnSync(
        'mysql',
        ['--no-defaults', `--socket=${join(folder, 'socket')}`, '--user=chat', '--execute=SELECT 1', 'chat'],
        { env: { PATH, MYSQL_PWD: PASSWORD } },
      );
      expect(overSocket.status).toBe(0);
      const env = {
        PATH,
        MYSQL_TCP_PORT: String(await freePort()),
        MYSQL_USER: 'chat',
        MYSQL_DATABASE: 'chat',
        MYSQL_PASSWORD: PASSWORD,
      };
      expect(spawnSync('sh', [script], { env }).status).not.toBe(0);
    } finally {
      await stop(server);
    }
  }, 120_000);
});

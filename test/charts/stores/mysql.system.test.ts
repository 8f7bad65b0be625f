/** The scripts that dist/ carries, asked of a real server: MariaDB, because MySQL itself is in no package archive of Debian. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kind } from '../../../charts/environments/kind';
import { temporaryFolder } from '../../support/copy';
import { freePort } from '../../support/port';
import { render } from '../../support/rendered';

const PASSWORD = 'a password, 100 % secret';
const PATH = `${process.env.PATH}:/usr/sbin`;
const { 'probe.sh': probeScript, 'rotate.sh': rotateScript } = render(kind).object('ConfigMap', 'mysql').data;

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

describe('the rotation', () => {
  const ROOT = `root's "password" \\ 1`;
  let folder: string;
  let server: ChildProcess;
  let script: string;

  const socket = () => join(folder, 'socket');
  /** What a statement gives to somebody who logs in over the socket; undefined where the login fails. */
  const query = (user: string, password: string, statement = 'SELECT 1') => {
    const { status, stdout } = spawnSync(
      'mysql',
      ['--no-defaults', '--batch', '--skip-column-names', `--socket=${socket()}`, `--user=${user}`],
      { env: { PATH, MYSQL_PWD: password }, input: statement, encoding: 'utf8' },
    );
    return status === 0 ? stdout : undefined;
  };
  /** The script with the environment of a pod that was started with the root password ROOT. */
  const rotate = (key: string, next: string, before: string, env: Record<string, string> = {}) =>
    spawnSync('sh', [script, key], {
      env: { PATH, MYSQL_UNIX_PORT: socket(), MYSQL_USER: 'chat', MYSQL_ROOT_PASSWORD: ROOT, ...env },
      input: `${next}\n${before}\n`,
      encoding: 'utf8',
    });

  beforeAll(async () => {
    folder = temporaryFolder();
    script = join(folder, 'rotate.sh');
    writeFileSync(script, rotateScript);
    // Modes in which a backslash and a double quote mean something else.
    const modes = '--sql-mode=NO_BACKSLASH_ESCAPES,ANSI_QUOTES';
    server = await startServer(folder, [`--port=${await freePort()}`, '--bind-address=127.0.0.1', modes]);
    query('root', '', `ALTER USER root@localhost IDENTIFIED BY '${ROOT.replaceAll("'", "''")}'`);
  }, 120_000);

  afterAll(() => stop(server), 60_000);

  it.each([
    `it's`,
    `back\\slash\\`,
    `\\'; DROP USER chat; --`,
    `"double" \`ticks\` $HOME $(id) %s`,
    ' leading, trailing ',
    'Zuckerrübe 🍬',
    '# -- /* x */ ;',
  ])('changes the password of the application’s user to %j', (next) => {
    expect(rotate('password', next, 'anything')).toMatchObject({ status: 0, stderr: '' });
    expect(query('chat', next)).toBe('1\n');
    expect(query('chat', PASSWORD)).toBeUndefined();
  });

  it('takes the root password from a file, as the image does', () => {
    writeFileSync(join(folder, 'root'), `${ROOT}\n`);
    const env = { MYSQL_ROOT_PASSWORD: '', MYSQL_ROOT_PASSWORD_FILE: join(folder, 'root') };
    expect(rotate('password', PASSWORD, 'anything', env).status).toBe(0);
    expect(query('chat', PASSWORD)).toBe('1\n');
  });

  it('changes the password of root, back as well, although its pod knows only the one that it was started with', () => {
    expect(rotate('root_pass', `it's new \\`, ROOT).status).toBe(0);
    expect(query('root', ROOT)).toBeUndefined();
    expect(rotate('root_pass', ROOT, `it's new \\`).status).toBe(0);
    expect(query('root', ROOT)).toBe('1\n');
  });

  it('may be repeated by whoever was broken off after the change', () => {
    expect(rotate('root_pass', 'new', ROOT).status).toBe(0);
    expect(rotate('root_pass', 'new', ROOT).status).toBe(0);
    expect(rotate('root_pass', ROOT, 'new').status).toBe(0);
  });

  it('changes nothing where root is refused, and tells why without any password', () => {
    query('root', ROOT, `ALTER USER chat IDENTIFIED BY '${PASSWORD}'`);
    const refused = rotate('password', 'next', 'before', { MYSQL_ROOT_PASSWORD: 'wrong one' });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/^rotate: ERROR 1045 \(28000\)/);
    expect(refused.stderr).not.toMatch(/next|before|wrong one/);
    expect(query('chat', PASSWORD)).toBe('1\n');
    expect(rotate('root_pass', 'next', 'before').status).toBe(1);
    expect(query('root', ROOT)).toBe('1\n');
  });

  it.each(['password', 'root_pass'])('refuses an empty %s', (key) => {
    expect(rotate(key, '', ROOT)).toMatchObject({ status: 1, stderr: 'rotate: the new password is empty\n' });
  });

  it('has no finding of shellcheck', () => {
    expect(spawnSync('shellcheck', ['--shell=sh', script], { encoding: 'utf8' }).stdout).toBe('');
  });
});

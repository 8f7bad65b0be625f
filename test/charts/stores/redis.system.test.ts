/** The start script that dist/ carries, run by a real sh, and the Redis that it becomes. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kind } from '../../../charts/environments/kind';
import { temporaryFolder } from '../../support/copy';
import { freePort } from '../../support/port';
import { render } from '../../support/rendered';

const config = render(kind).object('ConfigMap', 'redis').data;
const readiness: string[] = render(kind).object('StatefulSet', 'redis').spec.template.spec.containers[0].readinessProbe
  .exec.command;
const PASSWORD = 'a password, 100 % secret';

/** Puts the files where the pod has them, below a folder, and says how to start. */
function layOut(): { folder: string; start: string } {
  const folder = temporaryFolder();
  for (const path of ['etc', 'run', 'data']) mkdirSync(join(folder, path));
  const local = (text: string) =>
    text
      .replaceAll('/etc/redis', join(folder, 'etc'))
      .replaceAll('/run/redis', join(folder, 'run'))
      .replaceAll('/data', join(folder, 'data'));
  for (const [name, text] of Object.entries<string>(config)) writeFileSync(join(folder, 'etc', name), local(text));
  return { folder, start: join(folder, 'etc', 'start.sh') };
}

describe('the redis that dist/ starts', () => {
  let server: ChildProcess;
  let port: number;
  let folder: string;

  const as = (user: string | undefined, ...command: string[]): string => {
    const login = user ? ['--user', user, '--no-auth-warning'] : [];
    return execFileSync('redis-cli', ['-p', String(port), ...login, ...command], {
      env: { ...process.env, REDISCLI_AUTH: user ? PASSWORD : undefined },
      encoding: 'utf8',
    }).trim();
  };

  beforeAll(async () => {
    port = await freePort();
    const laidOut = layOut();
    folder = laidOut.folder;
    writeFileSync(join(folder, 'password'), `${PASSWORD}\n`);
    writeFileSync(join(folder, 'etc', 'redis.conf'), `port ${port}\nbind 127.0.0.1\n`, { flag: 'a' });
    server = spawn('sh', [laidOut.start], {
      env: { PATH: process.env.PATH, CHAT_PASSWORD_FILE: join(folder, 'password') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((resolve, reject) => {
      server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
      server.stdout?.on('data', (chunk) => String(chunk).includes('Ready to accept connections') && resolve());
    });
  }, 60_000);

  afterAll(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  });

  it('lets its caller read and write its own keys', () => {
    expect(as('chat', 'SET', 'chat:room', 'general')).toBe('OK');
    expect(as('chat', 'GET', 'chat:room')).toBe('general');
    expect(as('chat', 'EVAL', "return redis.call('INCR', KEYS[1])", '1', 'chat:seq')).toBe('1');
  });

  it.each([
    ['keys of others', ['SET', 'other:room', 'x']],
    ['channels of others', ['PUBLISH', 'other:news', 'x']],
    ['dangerous commands', ['FLUSHALL']],
    ['the list of all keys', ['KEYS', '*']],
    ['the configuration', ['CONFIG', 'GET', 'maxmemory']],
    ['other users', ['ACL', 'LIST']],
  ])('keeps its caller from %s', (_, command) => {
    expect(as('chat', ...command)).toMatch(/^NOPERM/);
  });

  it('lets its caller publish and subscribe on its own channels', () => {
    expect(as('chat', 'PUBLISH', 'chat:news', 'hello')).toBe('0');
  });

  it('answers a stranger’s PING, for probes, and nothing else', () => {
    expect(as(undefined, 'PING')).toBe('PONG');
    expect(as(undefined, 'GET', 'chat:room')).toMatch(/^NOPERM/);
  });

  it('is ready by the probe that the pod carries', () => {
    const [shell = '', ...args] = readiness;
    const probe = args.map((argument) => argument.replace('redis-cli', `redis-cli -p ${port}`));
    expect(() => execFileSync(shell, probe)).not.toThrow();
  });

  it('is not ready where nobody answers', () => {
    const [shell = '', ...args] = readiness;
    const probe = args.map((argument) => argument.replace('redis-cli', 'redis-cli -p 1'));
    expect(() => execFileSync(shell, probe, { stdio: 'ignore' })).toThrow();
  });

  it('keeps data on its volume as it is written', () => {
    expect(as('chat', 'SET', 'chat:kept', '1')).toBe('OK');
    expect(execFileSync('find', [join(folder, 'data'), '-name', '*.aof'], { encoding: 'utf8' })).toContain('.aof');
  });

  it('writes hashes, never passwords, into its access list, readable by itself alone', () => {
    const acl = execFileSync('cat', [join(folder, 'run', 'users.acl')], { encoding: 'utf8' });
    expect(acl).not.toContain(PASSWORD);
    expect(execFileSync('stat', ['-c', '%a', join(folder, 'run', 'users.acl')], { encoding: 'utf8' })).toBe('600\n');
  });
});

describe('the start script', () => {
  it('takes the password from a variable where the environment delivers it so', async () => {
    const { folder, start } = layOut();
    // A stand-in for redis-server that shows what it was started with: the hash is what matters here.
    writeFileSync(join(folder, 'redis-server'), `#!/bin/sh\ncat ${join(folder, 'run', 'users.acl')}\n`, {
      mode: 0o755,
    });
    const acl = execFileSync('sh', [start], {
      env: { PATH: `${folder}:${process.env.PATH}`, CHAT_PASSWORD: 'abc' },
      encoding: 'utf8',
    });
    expect(acl).toContain('user chat on #ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad ');
  });

  it('refuses an empty password, naming the key of the Secret', () => {
    const { start } = layOut();
    const run = () =>
      execFileSync('sh', [start], {
        env: { PATH: process.env.PATH },
        stdio: ['ignore', 'pipe', 'pipe'],
        encoding: 'utf8',
      });
    expect(run).toThrow('redis: the password of user chat is empty; set key chat_password of Secret redis');
  });

  it('has no finding of shellcheck', () => {
    const { start } = layOut();
    expect(execFileSync('shellcheck', ['--shell=sh', start], { encoding: 'utf8' })).toBe('');
  });
});

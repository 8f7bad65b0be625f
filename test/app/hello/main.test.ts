/** The service as a process: started, asked, ended by a signal. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import execa from 'execa';
import { freePort } from '../../support/port';

const root = join(__dirname, '../../..');
const command = ['-r', 'ts-node/register', 'app/hello/src/main.ts'];

// A start compiles; beside others that takes a while.
jest.setTimeout(60_000);

const running: ChildProcess[] = [];
afterEach(async () => {
  for (const server of running
    .splice(0)
    .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
  }
});

/** Starts the service; what it logs is waited for, nothing else. */
async function start(settings: Record<string, string> = {}) {
  const port = await freePort();
  const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), ...settings };
  const server = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(server);
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const logged = async (text: string) => {
    for (;;) {
      const { done, value } = await lines.next();
      if (done) throw new Error(`hello ended before it logged "${text}"`);
      if (value.includes(text)) return;
    }
  };
  await logged('Server listening');
  const get = (path: string, at = port) => fetch(`http://127.0.0.1:${at}${path}`);
  // An answer: it is past the turn of the event loop in which it came to listen for signals as well.
  expect((await get('/ready')).status).toBe(200);
  return { server, logged, get };
}

describe('hello', () => {
  it('is ready, greets and lives', async () => {
    const { get } = await start();
    expect(await (await get('/')).text()).toBe('Hello\n');
    expect((await get('/health')).status).toBe(200);
  });

  it('gives its metrics on their own port alone', async () => {
    const port = await freePort();
    const { get } = await start({ METRICS_PORT: String(port) });
    expect(await (await get('/metrics', port)).text()).toContain('process_cpu_seconds_total');
    expect((await get('/metrics')).status).toBe(404);
  });

  it('goes on serving after SIGTERM, unready, until nobody routes to it', async () => {
    const { server, logged, get } = await start({ SHUTDOWN_DELAY_SECONDS: '600' });
    server.kill('SIGTERM');
    await logged('shutting down');
    expect((await get('/ready')).status).toBe(503);
    expect((await get('/health')).status).toBe(200);
    expect((await get('/')).status).toBe(200);
  });

  it('ends with 0 then, however often it was told', async () => {
    const { server } = await start({ METRICS_PORT: String(await freePort()) });
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    server.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('does not start on a port that is none: it says name, value and expectation', async () => {
    const env = { PATH: process.env.PATH, PORT: '70000' };
    const options = { cwd: root, env, extendEnv: false, reject: false };
    const { exitCode, stderr, stdout } = await execa(process.execPath, command, options);
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      'PORT: "70000" is not what it must be; expected a port of 1–65535. Port of the page and its API.',
    );
    expect(stdout).toBe('');
  });
});

/** The frame of a service, as a process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import execa from 'execa';

jest.setTimeout(60_000);
const root = join(__dirname, '../../..');

/** A service whose `start` and whose steps say what they do; it lives until it is told to end. */
const program = (start: string): string[] => [
  '-r',
  'ts-node/register',
  '-e',
  `const { runService, serviceSettings } = require('@slipway/common/service');
   const table = { ...serviceSettings, EVEN: { kind: { expects: 'text', schema: serviceSettings.HOST.kind.schema }, doc: 'A number.' } };
   const say = (line) => process.stdout.write(line + '\\n');
   runService({
     name: 'sample', table, flags: { demo: 'Make something to look at.' },
     check: ({ EVEN }) => (EVEN === 'odd' ? ['EVEN: "odd" is not even; expected an even one'] : []),
     start: async (settings, log, flags) => { setInterval(() => {}, 1000); ${start} },
   });`,
  '--',
];
const QUIET = `setImmediate(() => say('started')); return [{ name: 'bye', run: () => say('bye') }];`;

const runToEnd = (start: string, words: string[] = [], settings: Record<string, string> = {}) =>
  execa(process.execPath, [...program(start), ...words], {
    cwd: root,
    env: { PATH: process.env.PATH, ...settings },
    extendEnv: false,
    reject: false,
  });

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

/** Starts it and waits until it has begun. @returns the lines that follow and the exit code. */
async function begin(start: string, settings: Record<string, string> = {}) {
  const child = spawn(process.execPath, program(start), {
    cwd: root,
    env: { PATH: process.env.PATH, SHUTDOWN_DRAIN_SECONDS: '1', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const printed: string[] = [];
  const ended = once(child, 'close').then(([code]) => code);
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      printed.push(line);
      if (line.startsWith('started')) setImmediate(resolve);
    });
    void ended.then((code) => reject(new Error(`ended with ${code}: ${printed}`)));
  });
  return { child, printed, ended };
}

describe('a service that is called', () => {
  it('prints its flags and settings for --help, starts nothing and ends with 0', async () => {
    const { stdout, exitCode } = await runToEnd(QUIET, ['--help'], { PORT: 'wrong' });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('sample: a service of slipway.');
    expect(stdout).toContain('  --demo\n      Make something to look at.');
    expect(stdout).toContain('  --help\n');
    expect(stdout).toContain('  PORT\n      Port of the page and its API.\n      a port of 1–65535; default 8080');
    expect(stdout).not.toContain('started');
  });

  it.each([['--dmo'], ['stray']])('refuses %s with 2 and names it', async (word) => {
    const { stdout, stderr, exitCode } = await runToEnd(QUIET, [word]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(word);
    expect(stderr).toContain('--help lists what there is.');
    expect(stdout).toBe('');
  });

  it('refuses bad settings with 2: name, value, expectation, each on its line', async () => {
    const { stdout, stderr, exitCode } = await runToEnd(QUIET, [], { PORT: '70000', LOG_LEVEL: 'loud' });
    expect(exitCode).toBe(2);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^PORT: "70000" .* expected a port of 1–65535/),
      expect.stringMatching(/^LOG_LEVEL: "loud" .* expected one of trace, debug/),
    ]);
    expect(stdout).toBe('');
  });

  it('refuses settings that contradict each other with 2', async () => {
    const { stderr, exitCode } = await runToEnd(QUIET, [], { EVEN: 'odd' });
    expect([exitCode, stderr]).toEqual([2, 'EVEN: "odd" is not even; expected an even one']);
  });

  it('ends with 1 when it cannot start, and says why', async () => {
    const { stdout, exitCode } = await runToEnd(`throw new Error('no store');`);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('"msg":"the start failed"');
    expect(stdout).toContain('no store');
  });
});

describe('a service that waits for something at its start', () => {
  it('ends on SIGTERM with 0', async () => {
    const { child, printed, ended } = await begin(`setImmediate(() => say('started')); await new Promise(() => {});`);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(printed.join('\n')).toContain('"why":"SIGTERM"');
  });
});

describe('a service that runs', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('ends in order on %s, once, with 0', async (signal) => {
    const { child, printed, ended } = await begin(QUIET);
    child.kill(signal);
    child.kill(signal);
    expect(await ended).toBe(0);
    expect(printed.filter((line) => line === 'bye')).toHaveLength(1);
  });

  it('ends with 1 when a step of its shutdown fails', async () => {
    const { child, printed, ended } = await begin(
      `setImmediate(() => say('started')); return [{ name: 'bad', run: () => { throw new Error('no'); } }, { name: 'bye', run: () => say('bye') }];`,
    );
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
    expect(printed).toContain('bye');
  });

  it('gives up a shutdown that hangs, with 1', async () => {
    const { child, printed, ended } = await begin(
      `setImmediate(() => say('started')); return [{ name: 'hang', run: () => new Promise(() => {}) }];`,
    );
    child.kill('SIGTERM');
    expect(await ended).toBe(1);
    expect(printed.join('\n')).toContain('the shutdown took more than 4 s');
  });

  it.each([
    ['an error that nobody caught', `throw new Error('oops');`],
    ['a rejection that nobody handled', `Promise.reject(new Error('oops'));`],
  ])('ends in order with 1 after %s', async (why, fault) => {
    const { printed, ended } = await begin(`setTimeout(() => { ${fault} }, 50); ${QUIET}`);
    expect(await ended).toBe(1);
    expect(printed.join('\n')).toContain(why);
    expect(printed).toContain('bye');
  });
});

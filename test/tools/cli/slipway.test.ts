import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecaReturnValue } from 'execa';
import { copyOfRepository, plant, run } from '../../support/copy';

jest.setTimeout(180_000);

const ROOT = join(__dirname, '../../..');

/** The real command, in the repository itself: for calls that never come to writing. */
const slipway = (...args: string[]) => run(ROOT, 'node', 'tools/cli/bin.js', ...args);

/** The subcommands that a help text lists. */
const commandsIn = (help: string): string[] =>
  [...(help.split('\nCommands:\n')[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name ?? '');

/** `--help` of a command and of everything below it, by the words that lead there. */
async function helps(...path: string[]): Promise<Record<string, ExecaReturnValue>> {
  const result = await slipway(...path, '--help');
  const deeper = commandsIn(result.stdout).filter((name) => name !== 'help');
  const below = await Promise.all(deeper.map((name) => helps(...path, name)));
  return Object.assign({ [path.join(' ')]: result }, ...below);
}

describe('help', () => {
  let all: Record<string, ExecaReturnValue>;
  beforeAll(async () => {
    all = await helps();
  });

  it('is there at every level', () => {
    expect(Object.keys(all).filter((path) => all[path]?.exitCode !== 0)).toEqual([]);
  });

  it('says at every level what the exit codes mean: scripts depend on them', () => {
    const codes = /\nExit codes:\n {2}0 .*\n {2}1 .*\n {2}2 /;
    expect(Object.keys(all).filter((path) => !codes.test(all[path]?.stdout ?? ''))).toEqual([]);
  });

  it('leads from the top to synth', () => {
    expect(Object.keys(all)).toContain('synth');
  });

  it('of synth says what it takes', () => {
    expect(all.synth?.stdout).toMatch(/^Usage: slipway synth \[options\] \[environments\.\.\.\]\n(.*\n)+ {2}--json /);
  });

  it('of synth says what stops it', () => {
    expect(all.synth?.stdout).toContain('a misspelt or mistyped field stops the synth with file and line');
  });

  it('is what `help synth` gives as well', async () => {
    expect((await slipway('help', 'synth')).stdout).toBe(all.synth?.stdout);
  });

  it('is an error to who names no subcommand: a script that lost its argument must not go on', async () => {
    const { exitCode, stderr } = await slipway();
    expect({ exitCode, usage: stderr.startsWith('Usage: slipway ') }).toEqual({ exitCode: 2, usage: true });
  });
});

describe('a command line that is wrong', () => {
  it.each([
    ['an unknown flag', ['synth', '--jsno'], "error: unknown option '--jsno'\n(Did you mean --json?)"],
    ['an unknown subcommand', ['sinth'], "error: unknown command 'sinth'\n(Did you mean synth?)"],
    ['an unknown flag before the subcommand', ['--hlep'], "error: unknown option '--hlep'\n(Did you mean --help?)"],
  ])('ends with code 2 and the nearest name, once and on stderr: %s', async (_, args, expected) => {
    const { exitCode, stdout, stderr } = await slipway(...args);
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: '', stderr: expected });
  });
});

describe('a run that fails', () => {
  it('by a refusal ends with code 1 and the fault alone: a stack says nothing about an input', async () => {
    const copy = copyOfRepository();
    plant(copy, 'charts/environments/index.ts', '[production,', '[production, production,');
    const { exitCode, stdout, stderr } = await run(copy, 'node', 'tools/cli/bin.js', 'synth');
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'environments: "production" stands twice in charts/environments/index.ts; expected every name once',
    });
  });

  it('by a crash ends with code 1 and the stack, with file and line of the TypeScript', async () => {
    const copy = copyOfRepository();
    plant(
      copy,
      'charts/assemble.ts',
      'checkStorage(env',
      "if (environment) throw new Error('planted');\n  checkStorage(env",
    );
    const { exitCode, stderr } = await run(copy, 'node', 'tools/cli/bin.js', 'synth');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringMatching(/^Error: planted\n(.*\n)*? +at assemble \(.*charts\/assemble\.ts:\d+:\d+\)/),
    });
  });
});

describe('the version', () => {
  it('is the package’s', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(await slipway('--version')).toMatchObject({ exitCode: 0, stdout: version });
  });
});

describe('output that nobody reads to its end', () => {
  it('is no failure', async () => {
    const { stderr } = await run(
      ROOT,
      'sh',
      '-c',
      'node tools/cli/bin.js check --sarif test/samples/guestbook | head -c 9',
    );
    expect(stderr).toBe('');
  });
});

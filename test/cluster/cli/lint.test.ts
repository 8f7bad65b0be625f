import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lintCommand } from '../../../cluster/cli/lint';
import { UsageError } from '../../../tools/cli/errors';
import { temporaryFolder } from '../../support/copy';

const SAMPLES = join(__dirname, '../lint/samples');
const SEED = join(SAMPLES, 'seed/haproxy.cfg');
const KEEPALIVED = join(SAMPLES, 'seed/keepalived.conf');

/** The command as `slipway` runs it: what it prints, and the code that it sets. */
async function run(...args: string[]): Promise<{ code: number; stdout: string }> {
  const written: string[] = [];
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  try {
    await lintCommand().exitOverride().parseAsync(args, { from: 'user' });
    return { code: Number(process.exitCode ?? 0), stdout: written.join('') };
  } finally {
    stdout.mockRestore();
    process.exitCode = undefined;
  }
}

/** A file of a folder of its own. */
function file(name: string, text: string, folder = temporaryFolder()): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** The sample with everything mended but what is only worth a note. */
const noted = () =>
  file(
    'haproxy.cfg',
    readFileSync(SEED, 'utf8')
      .replace(/timeout (client|server) .*/g, 'timeout $1 4h')
      .replace('timeout check           10s', 'timeout check 1s')
      .replace('option tcp-check', 'option httpchk GET /readyz\n  http-check connect ssl')
      .replace(/check fall 3 rise 2/g, 'check verify none inter 1s fall 2 on-marked-down shutdown-sessions')
      .replace('timeout connect         10s', 'timeout connect 1s'),
  );

describe('slipway cluster lint', () => {
  it('shows where, how bad, what, why and how to mend it, and ends with 1', async () => {
    const { code, stdout } = await run(SEED);
    expect(stdout).toContain(
      `${SEED}:29  dead  haproxy/tcp-only-check\n  option tcp-check of kubernetes-backend has no rule that asks anything: it only connects\n  why: The kernel accepts`,
    );
    expect(stdout).toMatch(/\n {2}fix: option httpchk; http-check connect ssl; /);
    expect(stdout.endsWith(`\n\n${SEED}: 3 dead, 1 slow, 1 note\n`)).toBe(true);
    expect(code).toBe(1);
  });

  it('says once what a rule is about', async () => {
    const { stdout } = await run(SEED);
    expect(stdout.match(/haproxy\/idle-timeout/g)).toHaveLength(2);
    expect(stdout.match(/why: `kubectl exec`/g)).toHaveLength(1);
  });

  it('ends with 0 where there is nothing but notes', async () => {
    const path = noted();
    expect(await run(path)).toEqual({
      code: 0,
      stdout: expect.stringMatching(/haproxy\/balance\n[\s\S]*cfg: 1 note\n$/),
    });
  });

  it('ends with 0 where there is nothing, and says so', async () => {
    const path = file('haproxy.cfg', 'frontend web\n');
    expect(await run(path)).toEqual({ code: 0, stdout: `${path}: no finding\n` });
  });

  it('prints findings as JSON', async () => {
    const { code, stdout } = await run('--json', SEED);
    const { findings } = JSON.parse(stdout);
    expect(findings).toHaveLength(5);
    expect(Object.keys(findings[0])).toEqual(['file', 'line', 'rule', 'severity', 'what', 'why', 'fix']);
    expect(code).toBe(1);
  });

  it('reads the check script that lies beside', async () => {
    expect((await run(KEEPALIVED)).stdout).toContain('check_apiserver.sh, line 8, calls curl without --fail');
    const alone = file('keepalived.conf', readFileSync(KEEPALIVED, 'utf8'));
    expect((await run(alone)).stdout).not.toContain('keepalived/check-status');
  });

  it('judges a file that is named twice once', async () => {
    expect((await run(SEED, SEED)).stdout).toBe((await run(SEED)).stdout);
  });

  it.each<[string, () => string, string]>([
    [
      'a file that is not there',
      () => join(temporaryFolder(), 'haproxy.cfg'),
      'cannot be read; expected a keepalived.conf',
    ],
    ['a folder', temporaryFolder, 'cannot be read'],
    ['a file of another kind', () => file('unit', '[Unit]\n'), 'is neither keepalived.conf nor haproxy.cfg'],
  ])('refuses %s, whatever stands beside it: code 2', async (_, path, words) => {
    const refused = run(path(), SEED);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(words);
  });

  it('asks for a file', async () => {
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await expect(run()).rejects.toThrow("missing required argument 'files'");
    jest.restoreAllMocks();
  });

  it('takes a folder beside a keepalived.conf for no script', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'check_apiserver.sh'));
    const path = file('keepalived.conf', readFileSync(KEEPALIVED, 'utf8'), folder);
    expect((await run(path)).stdout).not.toContain('keepalived/check-status');
  });
});

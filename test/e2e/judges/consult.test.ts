import * as z from 'zod';
import { agreed, consult, numberIn, readJson } from './consult';

const node = (script: string) => consult('judge', process.execPath, ['-e', script]);
const finding = { object: 'Pod/a', rule: 'rule', message: 'wrong' };
const answer = (code: number) => ({ code, stdout: '', stderr: 'its log' });

describe('a judge that is run', () => {
  it('answers with 0 or 1', async () => {
    expect(await node('process.exitCode = 1; console.log("out"); console.error("log")')).toEqual({
      code: 1,
      stdout: 'out',
      stderr: 'log',
    });
  });

  it('is refused where it ends otherwise, with what it said', async () => {
    await expect(node('console.error("no such flag"); process.exitCode = 2')).rejects.toThrow(
      'judge: ended with code 2; expected 0 or 1. It said: no such flag',
    );
  });

  it('is kept from a cluster that somebody is connected to, and from their rules', async () => {
    Object.assign(process.env, { GITLEAKS_CONFIG: 'mine.toml', GITLEAKS_CONFIG_TOML: 'mine' });
    const script =
      'const { env } = process; console.log(env.KUBECONFIG, env.GITLEAKS_CONFIG, env.GITLEAKS_CONFIG_TOML)';
    const { stdout } = await node(script);
    delete process.env.GITLEAKS_CONFIG;
    delete process.env.GITLEAKS_CONFIG_TOML;
    expect(stdout).toBe('/dev/null undefined undefined');
  });

  it('is run where it is told, and may be held to fewer exit codes', async () => {
    const words = ['-e', 'console.log(process.cwd()); process.exitCode = 1'];
    expect((await consult('judge', process.execPath, words, { cwd: '/' })).stdout).toBe('/');
    await expect(consult('judge', process.execPath, words, { codes: [0] })).rejects.toThrow('expected 0. It said');
  });
});

describe('a report', () => {
  it('is believed where it agrees with the exit code', () => {
    expect(agreed('judge', answer(0), [])).toEqual([]);
    expect(agreed('judge', answer(1), [finding])).toEqual([finding]);
  });

  it('is refused where findings were announced and none was read, or the other way round', () => {
    expect(() => agreed('judge', answer(1), [])).toThrow('judge: ended with code 1, and 0 findings were read');
    expect(() => agreed('judge', answer(0), [finding])).toThrow('judge: ended with code 0, and 1 findings were read');
  });

  it('is refused where it is no JSON, or JSON of another shape', () => {
    const schema = z.object({ resources: z.array(z.string()) });
    expect(readJson('judge', '{"resources": ["a"]}', schema)).toEqual({ resources: ['a'] });
    expect(() => readJson('judge', '', schema)).toThrow('judge: reported ""; expected JSON');
    expect(() => readJson('judge', '{"items": []}', schema)).toThrow('judge.resources: is missing');
  });

  it('counts what its log counts, and nothing where the line is missing', () => {
    expect(numberIn('4:01AM INF 18 commits scanned.', /(\d+) commits scanned/)).toBe(18);
    expect(numberIn('4:01AM INF no leaks found', /(\d+) commits scanned/)).toBe(0);
  });
});

import execa from 'execa';
import type * as z from 'zod';
import { parse, Refused, show } from '../../../tools/parse/parse';
import type { Said } from './judge';

/** What a program said to its end. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What must not decide a verdict: a cluster that somebody is connected to, a rule set that somebody prefers. */
const ENVIRONMENT: NodeJS.ProcessEnv = {
  KUBECONFIG: '/dev/null',
  GITLEAKS_CONFIG: undefined,
  GITLEAKS_CONFIG_TOML: undefined,
  NO_COLOR: '1',
  ...Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => name.startsWith('HADOLINT_'))
      .map((name) => [name, undefined]),
  ),
};

/**
 * Runs a judge to its end.
 * @param name what messages call it.
 * @param codes exit codes that are answers; by default 0 for no finding, 1 for findings.
 * @throws Refused where it ends otherwise.
 */
export async function consult(
  name: string,
  binary: string,
  words: readonly string[],
  { cwd, codes = [0, 1] }: { readonly cwd?: string; readonly codes?: readonly number[] } = {},
): Promise<Answer> {
  const { exitCode, stdout, stderr } = await execa(binary, words, {
    ...(cwd !== undefined && { cwd }),
    env: ENVIRONMENT,
    reject: false,
    maxBuffer: 1e9,
  });
  if (!codes.includes(exitCode)) {
    throw new Refused([
      `${name}: ended with code ${exitCode}; expected ${codes.join(' or ')}. It said: ${stderr.trim()}`,
    ]);
  }
  return { code: exitCode, stdout, stderr };
}

/**
 * What a judge said, where it agrees with how it ended.
 * @throws Refused where it does not: its report has a form that is not read as it was meant.
 */
export function agreed(name: string, { code, stderr }: Answer, said: readonly Said[]): readonly Said[] {
  if ((code === 0) === (said.length === 0)) return said;
  throw new Refused([
    `${name}: ended with code ${code}, and ${said.length} findings were read of its report; expected 0 without findings, 1 with. It said: ${stderr.trim()}`,
  ]);
}

/**
 * What a judge reported as JSON.
 * @throws Refused where it is none, or has another shape than the pinned version's.
 */
export function readJson<Schema extends z.ZodType>(name: string, text: string, schema: Schema): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refused([`${name}: reported ${show(text.slice(0, 80))}; expected JSON`]);
  }
  return parse(schema, value, name);
}

/** The number that a line of a judge's log holds; 0 where it has no such line. */
export const numberIn = (log: string, line: RegExp): number => Number(line.exec(log)?.[1] ?? 0);

import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from '../../../tools/parse/parse';
import type { Fault, Finding, Judge, Subject, Verdict } from './judge';

/** What a judge said of everything, and whether it can be believed. */
export interface Hearing extends Pick<Judge, 'name' | 'tool' | 'unit'> {
  readonly judged: number;
  readonly findings: readonly Finding[];
  readonly planted: number;
  readonly caught: number;
  /** Why it cannot be believed: subjects that it did not judge in full, faults that it missed, how it broke. */
  readonly failures: readonly string[];
  readonly seconds: number;
}

/**
 * Lets a judge judge its subjects, then faults that were planted.
 * @param temporary a folder of this run.
 */
export async function hear<S extends Subject>(judge: Judge<S>, temporary: string): Promise<Hearing> {
  const started = performance.now();
  const failures: string[] = [];
  const verdicts: { readonly subject: S; readonly verdict: Verdict }[] = [];
  for (const subject of judge.subjects) {
    await noting(failures, async () => {
      const verdict = await judge.judge(subject);
      verdicts.push({ subject, verdict });
      failures.push(...incomplete(judge, subject, verdict));
    });
  }
  let caught = 0;
  for (const fault of judge.faults) {
    await noting(failures, async () => {
      const missed = await missedBy(judge, fault, temporary);
      if (missed === undefined) caught += 1;
      else failures.push(missed);
    });
  }
  const { name, tool, unit } = judge;
  return {
    ...{ name, tool, unit },
    judged: verdicts.reduce((sum, { verdict }) => sum + verdict.judged, 0),
    findings: verdicts.flatMap(({ subject, verdict }) =>
      verdict.said.map((said) => ({ judge: name, subject: subject.name, ...said })),
    ),
    ...{ planted: judge.faults.length, caught, failures },
    seconds: (performance.now() - started) / 1000,
  };
}

function incomplete(
  { name, unit }: Pick<Judge, 'name' | 'unit'>,
  { name: subject }: Subject,
  { judged, expected }: Verdict,
): string[] {
  if (judged > 0 && judged >= expected) return [];
  return [`${name}: judged ${judged} ${unit} of ${subject}; expected ${Math.max(expected, 1)}`];
}

/** What is to be said of a fault that went unseen; undefined where the judge saw it. */
async function missedBy<S extends Subject>(
  judge: Judge<S>,
  fault: Fault<S>,
  temporary: string,
): Promise<string | undefined> {
  const parent = join(temporary, 'planted');
  mkdirSync(parent, { recursive: true });
  const { subject, object } = await fault.plant(mkdtempSync(join(parent, 'fault-')));
  const { said } = await judge.judge(subject);
  if (said.some((one) => one.rule === fault.rule && (object === undefined || one.object === object))) return undefined;
  const instead = said.map((one) => `${one.object}: ${one.rule}`).join('; ') || 'nothing';
  return `${judge.name}: planted ${fault.title}; expected ${object ?? 'some object'}: ${fault.rule}. It said ${instead}.`;
}

/** A judge that breaks must not keep the others from being heard. */
async function noting(failures: string[], attempt: () => Promise<void>): Promise<void> {
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    failures.push(...error.faults);
  }
}

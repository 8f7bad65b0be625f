import type { Finding } from './judge';

/** Findings that are right where they stand, and why: every rule of every object in every subject. */
export interface Allowance {
  readonly judge: string;
  readonly rules: readonly string[];
  /** As findings name them. */
  readonly objects: readonly string[];
  /** Environments, `tree` or `history`. */
  readonly subjects: readonly string[];
  /** A sentence for whoever reviews it. */
  readonly reason: string;
}

export interface Weighed {
  readonly allowed: readonly Finding[];
  readonly unlisted: readonly Finding[];
  /** Lines about the list itself: what excuses nothing, what stands twice. */
  readonly faults: readonly string[];
}

/** Parts findings into those that a list allows and all others, and says what of the list nobody needs. */
export function weigh(findings: readonly Finding[], allowances: readonly Allowance[]): Weighed {
  const keys = allowances.flatMap(keysOf);
  const found = new Set(findings.map(keyOf));
  const where = 'test/e2e/judges/allowances.ts';
  return {
    allowed: findings.filter((finding) => keys.includes(keyOf(finding))),
    unlisted: findings.filter((finding) => !keys.includes(keyOf(finding))),
    faults: [
      ...keys
        .filter((key) => !found.has(key))
        .map((key) => `${where}: allows ${key}, which nobody found; expected no such line. Take it out.`),
      ...keys
        .filter((key, index) => keys.indexOf(key) < index)
        .map((key) => `${where}: allows ${key} twice; expected it once`),
    ],
  };
}

const keyOf = ({ judge, subject, object, rule }: Omit<Finding, 'message'>): string =>
  `${judge}: ${subject}: ${object}: ${rule}`;

const keysOf = ({ judge, rules, objects, subjects }: Allowance): string[] =>
  subjects.flatMap((subject) =>
    objects.flatMap((object) => rules.map((rule) => keyOf({ judge, subject, object, rule }))),
  );

/** A finding as a line that a reader can act on. */
export const showFinding = (finding: Finding): string => `${keyOf(finding)}: ${finding.message}`;

import type { FieldChange } from './changes';
import type { Risk } from './risk';
import { matches, pattern } from './steps';
import { inTemplate, type Judge, type Subject } from './subject';

/** What is known about some fields: what a change of them does, and why. */
export interface Rule {
  /** Kinds that have the fields; `pods` for all that make pods, the fields being below their template. */
  readonly kinds: readonly string[] | 'pods' | 'every kind';
  /** Fields, as `pattern` reads them. */
  readonly fields: string;
  /** Changes that it is about; without it, every one. */
  readonly when?: (change: FieldChange, subject: Subject) => boolean;
  readonly risk: Risk;
  /** Half a sentence. */
  readonly why: string;
}

/** Puts rules to every field of an object that was changed. What was added or removed as a whole is for other judges. */
export function byRules(rules: readonly Rule[]): Judge {
  const compiled = rules.map((rule) => ({ ...rule, fields: pattern(rule.fields) }));
  return function* judge(subject) {
    if (!subject.before || !subject.after) return;
    const relevant = compiled.filter(({ kinds }) => isAbout(kinds, subject));
    for (const leaf of subject.leaves) {
      for (const { kinds, fields, when, risk, why } of relevant) {
        const steps = kinds === 'pods' ? inTemplate(subject, leaf.steps) : leaf.steps;
        if (steps && matches(steps, fields) && (when?.(leaf, subject) ?? true)) yield { risk, why, at: leaf.steps };
      }
    }
  };
}

function isAbout(kinds: Rule['kinds'], { kind, pods }: Subject): boolean {
  if (kinds === 'every kind') return true;
  return kinds === 'pods' ? pods.after !== undefined : kinds.includes(kind);
}

import type { Mutant } from './mutant';
import type { Answer, Task } from './workers';

/** What became of a mutant. */
export interface Verdict {
  readonly mutant: Mutant;
  readonly killed: boolean;
  /** The failure that killed it, or why it lives. */
  readonly why: string;
}

/** The specs that should see a mutant. */
export const specOf = ({ killedBy, feature }: Mutant): Omit<Task, 'library'> => ({
  spec: `slipway.${killedBy}`,
  feature,
});

/** @param answer undefined where the specs hang: on a busy machine that may be no merit of theirs, so nobody is killed by it. */
export function judge(mutant: Mutant, answer: Answer | undefined): Verdict {
  if (!answer) return { mutant, killed: false, why: 'the specs hang; expected a failure' };
  return { mutant, killed: answer.failed !== '', why: answer.failed || `${answer.ran} specs passed` };
}

/** Why specs do not tell anything of a mutant: they should pass on the library as it is. Undefined where they do. */
export function sicknessOf({ spec, feature }: Omit<Task, 'library'>, answer: Answer | undefined): string | undefined {
  const name = `${spec} "${feature}"`;
  if (!answer) return `${name}: hangs on the library as it is`;
  return answer.failed ? `${name}: fails on the library as it is: ${answer.failed}` : undefined;
}

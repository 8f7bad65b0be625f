import type { Rule } from '../../rule';
import type { Keepalived } from '../config';
import { rivalsOf } from '../rivals';

export const preempts: Rule<Keepalived> = {
  id: 'keepalived/preempts',
  severity: 'slow',
  why: 'The address moves back as soon as the machine recovers, and every move strands open connections without a reset. Measured: no new request failed, but all live streams hung for 29 s and longer, in 3 of 3 runs.',
  fix: 'Add nopreempt, `state BACKUP` and weight 0 on both machines: the address stays where it works.',
  *find({ instances }, others) {
    for (const instance of instances) {
      const { name, state, priority, nopreempt } = instance;
      if (nopreempt !== undefined) continue;
      const rivals = rivalsOf(instance, others).flatMap((rival) => rival.priority ?? []);
      const stronger = priority && rivals.some(({ value }) => value < priority.value);
      if (stronger)
        yield { line: priority.line, what: `${name} has the higher priority ${priority.value} and no nopreempt` };
      else if (rivals.length === 0 && state.value === 'MASTER') {
        yield { line: state.line, what: `${name} begins as MASTER and has no nopreempt` };
      }
    }
  },
};

import type { Rule } from '../../rule';
import type { Keepalived } from '../config';

export const masterNopreempt: Rule<Keepalived> = {
  id: 'keepalived/master-nopreempt',
  severity: 'slow',
  why: 'keepalived clears nopreempt where the first state is MASTER ("nopreempt will not work with initial state MASTER - clearing"): the address moves once more when the machine is back. Measured: all live streams hang for 29 s and longer at that.',
  fix: 'Write `state BACKUP` on both machines; the priority still says who begins.',
  *find({ instances }) {
    for (const { name, state, nopreempt } of instances) {
      if (nopreempt !== undefined && state.value === 'MASTER') {
        yield { line: nopreempt, what: `${name} has nopreempt and, in line ${state.line}, state MASTER` };
      }
    }
  },
};

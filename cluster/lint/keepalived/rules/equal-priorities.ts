import type { Rule } from '../../rule';
import type { Keepalived } from '../config';
import { rivalsOf } from '../rivals';

export const equalPriorities: Rule<Keepalived> = {
  id: 'keepalived/equal-priorities',
  severity: 'note',
  why: 'A tie is decided by the higher IP address, after both claimed the address at once: nobody chose who holds it.',
  fix: 'Give the machines priorities of their own, such as 254 and 253.',
  *find({ instances }, others) {
    for (const instance of instances) {
      const { priority } = instance;
      if (!priority || !rivalsOf(instance, others).some((rival) => rival.priority?.value === priority.value)) continue;
      yield { line: priority.line, what: `priority ${priority.value} of ${instance.name} is the other machine's, too` };
    }
  },
};

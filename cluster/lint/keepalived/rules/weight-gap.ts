import type { Rule } from '../../rule';
import type { Keepalived } from '../config';
import { rivalsOf } from '../rivals';

export const weightGap: Rule<Keepalived> = {
  id: 'keepalived/weight-gap',
  severity: 'dead',
  why: 'With its check failed the holder still has a priority that nobody exceeds. Measured with weight -2 and a gap of 10: HAProxy killed, 522 of 522 requests failed, the address never moved.',
  fix: 'Make the weight larger than the gap between the priorities; or weight 0 with nopreempt and state BACKUP on both.',
  *find({ instances }, others) {
    for (const instance of instances) {
      for (const rival of rivalsOf(instance, others)) {
        if (!instance.priority || !rival.priority) continue;
        const gap = instance.priority.value - rival.priority.value;
        for (const { name, line, weight } of instance.tracked) {
          if (!weight || gap <= 0 || Math.abs(weight) > gap) continue;
          yield {
            line,
            what: `${name} has weight ${weight}, but the priorities ${instance.priority.value} and ${rival.priority.value} are ${gap} apart`,
          };
        }
      }
    }
  },
};

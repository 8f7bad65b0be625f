import type { Rule } from '../../rule';
import type { Keepalived } from '../config';

export const fractionalInterval: Rule<Keepalived> = {
  id: 'keepalived/fractional-interval',
  severity: 'note',
  why: 'keepalived 2.2.7 refuses it: "must be between 1 and 4294 - ignoring", and `keepalived -t` ends with 5. Newer ones take it.',
  fix: 'Whole seconds for scripts, at least 1. Adverts may be shorter, with VRRP version 3.',
  *find({ scripts }) {
    for (const { name, interval } of scripts) {
      if (interval && !Number.isInteger(interval.value)) {
        yield { line: interval.line, what: `interval ${interval.value} of ${name} is no whole number` };
      }
    }
  },
};

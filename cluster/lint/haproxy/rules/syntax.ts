import type { Rule } from '../../rule';
import type { Haproxy } from '../config';

export const syntax: Rule<Haproxy> = {
  id: 'haproxy/syntax',
  severity: 'dead',
  why: 'HAProxy refuses the whole file: it does not start, and a reload keeps the old configuration.',
  fix: 'Mend the line, then run `haproxy -c -f FILE`.',
  find: ({ faults }) => faults,
};

import type { Rule } from '../../rule';
import type { Keepalived } from '../config';

/** What a check of the local HAProxy may take; it answers in milliseconds. */
const BUDGET_SECONDS = 3;

export const checkTimeout: Rule<Keepalived> = {
  id: 'keepalived/check-timeout',
  severity: 'slow',
  why: 'A script that hangs counts as failed only after its timeout: so much longer does the address stay on a machine whose HAProxy is frozen.',
  fix: 'timeout 1 or 2, not above the interval, and a limit for the command itself such as `curl --max-time 1`.',
  *find({ scripts }) {
    for (const { name, timeout } of scripts) {
      if (timeout && timeout.value > BUDGET_SECONDS) {
        yield { line: timeout.line, what: `${name} may hang for ${timeout.value} s; more than ${BUDGET_SECONDS} s` };
      }
    }
  },
};

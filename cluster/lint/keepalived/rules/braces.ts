import type { Rule } from '../../rule';
import type { Keepalived } from '../config';

export const braces: Rule<Keepalived> = {
  id: 'keepalived/braces',
  severity: 'dead',
  why: 'keepalived starts all the same and takes the words behind for something else: with the brace of virtual_ipaddress lost, `track_script` and its script are read as addresses, and no check is attached. Measured: HAProxy killed, 526 of 526 requests failed, the address never moved.',
  fix: 'Close every block, then run `keepalived -t -f FILE`: it ends with a code other than 0 while a brace is missing.',
  find: ({ braces }) => braces,
};

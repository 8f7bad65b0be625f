import type { Rule } from '../../rule';
import type { Keepalived } from '../config';

/** keepalived's limit. */
const CHARACTERS = 8;

export const authPass: Rule<Keepalived> = {
  id: 'keepalived/auth-pass',
  severity: 'note',
  why: 'Eight characters are used, and they travel in the clear; VRRP version 3 has no authentication, and keepalived ignores it.',
  fix: "Leave authentication out; use unicast_peer, and let a packet filter take protocol 112 from the other machine's address alone.",
  *find({ instances }) {
    for (const { name, password, version } of instances) {
      if (!password) continue;
      if (version === 3) yield { line: password.line, what: `${name} has a password, and VRRP version 3` };
      else if (password.value.length > CHARACTERS && !password.value.startsWith('$')) {
        yield { line: password.line, what: `the password of ${name} is cut to ${CHARACTERS} characters` };
      }
    }
  },
};

import type { Rule } from '../../rule';
import { checkOf } from '../check';
import { backendsOf, type Haproxy } from '../config';

export const sslHelloCheck: Rule<Haproxy> = {
  id: 'haproxy/ssl-hello-check',
  severity: 'dead',
  why: 'It speaks SSLv3, which API servers refuse (kubernetes/kubernetes#70411), and the last check option of a section is the only one: an httpchk above it is not run.',
  fix: 'Remove it; option httpchk with `http-check connect ssl` asks by TLS.',
  *find(config) {
    for (const backend of backendsOf(config)) {
      const { option, line } = checkOf(backend);
      if (option === 'ssl-hello-chk') yield { line, what: `${backend.name} is checked by option ssl-hello-chk` };
    }
  },
};

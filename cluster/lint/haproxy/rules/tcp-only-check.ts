import type { Rule } from '../../rule';
import { checkOf } from '../check';
import { backendsOf, type Haproxy, isChecked } from '../config';

export const tcpOnlyCheck: Rule<Haproxy> = {
  id: 'haproxy/tcp-only-check',
  severity: 'dead',
  why: 'The kernel accepts a connection for an API server that is frozen or not ready, so that it is never taken out. Measured: 242 of 723 requests failed with one of three frozen, 240 of 720 with one not ready, for as long as it lasted.',
  fix: 'option httpchk; http-check connect ssl; http-check send meth GET uri /readyz; http-check expect status 200. They work in mode tcp, too.',
  *find(config) {
    for (const backend of backendsOf(config)) {
      const check = checkOf(backend);
      if (check.asks || !backend.servers.some(isChecked)) continue;
      yield {
        line: check.line,
        what: check.option
          ? `option ${check.option} of ${backend.name} has no rule that asks anything: it only connects`
          : `${backend.name} has no option httpchk: \`check\` only connects`,
      };
    }
  },
};

import type { Rule } from '../../rule';
import { checkOf, checksByTls } from '../check';
import { backendsOf, type Haproxy, isChecked, parameter, type Server } from '../config';

/** Ports on which API servers speak nothing but TLS. */
const TLS_PORTS = ['443', '6443', '8443'];

export const plainCheck: Rule<Haproxy> = {
  id: 'haproxy/plain-check',
  severity: 'dead',
  why: 'An API server answers 400 to HTTP without TLS on its port, so that every server is taken out.',
  fix: 'Add `http-check connect ssl`, or check-ssl to the servers, with `verify required ca-file …` or at least `verify none`.',
  *find(config) {
    for (const backend of backendsOf(config)) {
      const check = checkOf(backend);
      if (check.option !== 'httpchk') continue;
      const plain = backend.servers.filter((server) => isChecked(server) && !checksByTls(check, server));
      const first = plain.find((server) => TLS_PORTS.includes(portOf(server)));
      if (first) {
        yield {
          line: check.line,
          what: `${backend.name} is asked without TLS, ${first.name} at port ${portOf(first)}`,
        };
      }
    }
  },
};

/** The port that is checked: `port`, or the one of the traffic. */
const portOf = (server: Server): string => parameter(server, 'port') ?? server.address.replace(/^.*:/, '');

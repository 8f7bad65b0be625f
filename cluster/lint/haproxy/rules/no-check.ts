import type { Rule } from '../../rule';
import { backendsOf, type Haproxy, isWatched } from '../config';

export const noCheck: Rule<Haproxy> = {
  id: 'haproxy/no-check',
  severity: 'dead',
  why: 'A server without a check is never taken out. A server that answers and is not ready keeps its share for ever; measured with one of three: 240 of 720 requests failed.',
  fix: 'Add `check` to the server, or to default-server.',
  *find(config) {
    for (const backend of backendsOf(config)) {
      for (const server of backend.servers) {
        if (isWatched(server)) continue;
        yield { line: server.line, what: `server ${server.name} of ${backend.name} has no check` };
      }
    }
  },
};

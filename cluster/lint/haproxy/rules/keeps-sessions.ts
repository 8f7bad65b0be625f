import type { Rule } from '../../rule';
import { busyBackendsOf, type Haproxy, isWatched, parameter } from '../config';

/** A file that loads Lua is not judged: a program there may end sessions, as that of our own files does. */
export const keepsSessions: Rule<Haproxy> = {
  id: 'haproxy/keeps-sessions',
  severity: 'slow',
  why: 'A server that is taken out keeps the connections that it had, and their clients wait for nothing. Measured: a stream on a frozen server stalled 60 s (35 s with timeouts of 35s), and 3.7 s where sessions are shut down.',
  fix: 'Add `on-marked-down shutdown-sessions` to default-server.',
  *find(config) {
    if (config.isProgrammed) return;
    for (const backend of busyBackendsOf(config)) {
      const kept = backend.servers.filter(
        (server) => isWatched(server) && parameter(server, 'on-marked-down') !== 'shutdown-sessions',
      );
      const [first] = kept;
      if (!first) continue;
      yield {
        line: first.line,
        what: `${kept.map(({ name }) => name).join(', ')} of ${backend.name}: no on-marked-down shutdown-sessions`,
      };
    }
  },
};

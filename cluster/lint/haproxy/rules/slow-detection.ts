import { type ServerCheck, silentServerDetection } from '../../../render/failover';
import type { Rule } from '../../rule';
import { checkOf } from '../check';
import {
  backendsOf,
  type Haproxy,
  isChecked,
  lineWith,
  milliseconds,
  type ProxySection,
  parameter,
  type Server,
} from '../config';

/** What may pass until a server that fell silent is taken out. */
const BUDGET_SECONDS = 4;

export const slowDetection: Rule<Haproxy> = {
  id: 'haproxy/slow-detection',
  severity: 'slow',
  why: 'So long a frozen server gets its share of new connections. Measured, one of three: 35 of 720 requests failed over 10.7 s; with inter 1s, fastinter 500ms, fall 2 and timeout check 1s, 1 of 720.',
  fix: 'default-server inter 1s fastinter 500ms downinter 2s fall 2 rise 2, timeout check 1s, timeout connect 1s.',
  *find(config) {
    for (const backend of backendsOf(config)) {
      // A connection alone never notices it: haproxy/tcp-only-check.
      if (!checkOf(backend).asks) continue;
      const [first] = backend.servers.filter(isChecked);
      const check = first && timesOf(backend, first);
      if (!check) continue;
      const seconds = silentServerDetection(check) / 1000;
      if (seconds <= BUDGET_SECONDS) continue;
      yield {
        line: first.line,
        what: `${backend.name} takes a silent server out after up to ${seconds.toFixed(1)} s (inter ${check.inter / 1000} s, fall ${check.fall}, ${check.answer / 1000} s for an answer); more than ${BUDGET_SECONDS} s`,
      };
    }
  },
};

/** Times of the check with HAProxy's defaults; undefined where a placeholder stands. */
function timesOf(backend: ProxySection, server: Server): ServerCheck | undefined {
  const inter = milliseconds(parameter(server, 'inter') ?? '2s');
  const fall = Number(parameter(server, 'fall') ?? '3');
  if (inter === undefined || Number.isNaN(fall)) return undefined;
  const fastinter = milliseconds(parameter(server, 'fastinter')) ?? inter;
  // Without `timeout check` the whole check has to end before its next turn.
  const answer = milliseconds(lineWith(backend, 'timeout', 'check')?.words[2]) ?? inter;
  const connect = milliseconds(lineWith(backend, 'timeout', 'connect')?.words[2]) ?? inter;
  return { inter, fastinter, fall, connect, answer };
}

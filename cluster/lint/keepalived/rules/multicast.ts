import type { Rule } from '../../rule';
import type { Keepalived } from '../config';

export const multicast: Rule<Keepalived> = {
  id: 'keepalived/multicast',
  severity: 'note',
  why: 'EC2 and most clouds carry no multicast: each machine hears nobody and claims the address. A VPC ignores gratuitous ARP as well: there the address moves by a call of its API alone, or a network load balancer takes its place.',
  fix: 'Name the other machine in unicast_peer, and this one in unicast_src_ip.',
  *find({ instances }) {
    for (const { name, line, unicast } of instances) {
      if (!unicast) yield { line, what: `${name} has no unicast_peer: it speaks by multicast` };
    }
  },
};

import type { Rule } from '../../rule';
import type { Keepalived } from '../config';

/** Of the most copied guides: 1 of the HAProxy and keepalived ones for kubeadm, 51 of keepalived's sample. */
const TUTORIALS = [1, 51];

export const tutorialRouterId: Rule<Keepalived> = {
  id: 'keepalived/tutorial-router-id',
  severity: 'note',
  why: 'A router id belongs to one pair in a network. Who else follows a tutorial there has this one: the two pairs hear the adverts of each other.',
  fix: 'Take a number from 1 to 255 that nobody else has in this network, the same on both machines.',
  *find({ instances }) {
    for (const { name, routerId } of instances) {
      if (!routerId || !TUTORIALS.includes(routerId.value)) continue;
      yield { line: routerId.line, what: `virtual_router_id ${routerId.value} of ${name} stands in tutorials` };
    }
  },
};

import { sidesOf } from '../../manifests/traffic/sides';
import type { Check } from '../check';

export const isolated: Check = {
  id: 'traffic/isolated',
  what: 'Every pod is isolated in both directions by some NetworkPolicy.',
  why: 'A pod that no policy selects for a direction hears everybody, or reaches everybody: one that is broken into is a way to all the others.',
  exempt:
    "Pods that must share their node's network (a CNI, a node exporter), or that anybody may reach by design. Say who guards them instead.",
  judge({ set, report }) {
    for (const [{ party, pods, hostNetwork }, sides] of sidesOf(set)) {
      const open = (['Ingress', 'Egress'] as const).filter((direction) => !sides[direction].isolated);
      if (open.length === 0) continue;
      if (hostNetwork) {
        report(
          pods.owner,
          [...pods.path, 'spec', 'hostNetwork'],
          "puts pods on their node's network, where no policy isolates them",
          'pods with addresses of their own',
        );
        continue;
      }
      report(
        pods.owner,
        [...pods.path, 'metadata', 'labels'],
        `are selected by no policy for ${open.join(' and ')}`,
        `a NetworkPolicy of namespace ${party.namespace} that selects these pods, with policyTypes Ingress and Egress`,
      );
    }
  },
};

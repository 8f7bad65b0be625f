import { namespaceOf } from '../../manifests/kinds';
import { landscapeOf } from '../../manifests/traffic/landscape';
import { type Direction, policiesOf } from '../../manifests/traffic/policies';
import { canonical, choosesAll } from '../../manifests/traffic/selector';
import type { Check } from '../check';

export const defaultDeny: Check = {
  id: 'traffic/default-deny',
  what: 'Every namespace that runs pods denies both directions to whatever pod appears in it.',
  why: 'Without a policy that selects all pods and opens nothing, the next workload, or a pod that somebody runs by hand, is open until a policy of its own is written.',
  exempt:
    "Namespaces whose default is denied by a policy that the manifests do not hold (an AdminNetworkPolicy, the CNI's own). Name it.",
  judge({ set, report }) {
    const landscape = landscapeOf(set);
    const denied = new Set<string>();
    for (const { object, rules } of policiesOf(set, landscape)) {
      if (!choosesAll(canonical(object.spec?.podSelector))) continue;
      for (const direction of DIRECTIONS) {
        if (rules[direction]?.length === 0) denied.add(keyOf(namespaceOf(object), direction));
      }
    }
    for (const [namespace, { owner }] of new Map(landscape.workloads.map(({ pods }) => [pods.namespace, pods]))) {
      const open = DIRECTIONS.filter((direction) => !denied.has(keyOf(namespace, direction)));
      if (open.length === 0) continue;
      const rendered = set.find('Namespace', '', namespace);
      report(
        rendered ?? owner,
        ['metadata', rendered ? 'name' : 'namespace'],
        `denies no ${open.join(' and no ')} by default`,
        `a NetworkPolicy of namespace ${namespace} with an empty podSelector, policyTypes ${open.join(' and ')}, and no rules`,
      );
    }
  },
};

const DIRECTIONS: readonly Direction[] = ['Ingress', 'Egress'];

const keyOf = (namespace: string, direction: Direction): string => `${direction} ${namespace}`;

import type { PodTemplate } from '../../manifests/pods';
import { replicasOf, scalersOf } from '../../manifests/replicas';
import type { Path } from '../../manifests/yaml';
import type { Check } from '../check';
import { type Node, openTo } from './nodes';

export const spreadIsFeasible: Check = {
  id: 'capacity/spread',
  what: 'A topology spread that must hold can hold on the declared zones and nodes, at the maximum and in a rollout.',
  why: 'With DoNotSchedule the pod that would break the skew stays pending, and the rollout stands still.',
  exempt: 'Never: spread by ScheduleAnyway, or declare the zones that there are.',
  judge: ({ set, inventory, report, cannotJudge }) => {
    if (!inventory) {
      cannotJudge('without an inventory nobody says what zones there are');
      return;
    }
    const scalers = scalersOf(set);
    for (const pod of set.pods) {
      const { most } = replicasOf(pod, scalers);
      const open = openTo(inventory.nodes, pod.spec.tolerations);
      for (const [index, constraint] of (pod.spec.topologySpreadConstraints ?? []).entries()) {
        const at = [...pod.path, 'spec', 'topologySpreadConstraints', index];
        const { topologyKey, minDomains = 1, maxSkew, whenUnsatisfiable, nodeTaintsPolicy = 'Ignore' } = constraint;
        const there = domains(topologyKey, open);
        if (!there) {
          report(
            pod.owner,
            [...at, 'topologyKey'],
            `${topologyKey} is no label of the declared nodes`,
            Object.keys(LABELS).join(' or '),
          );
          continue;
        }
        if (whenUnsatisfiable !== 'DoNotSchedule') continue;
        if (there.size < minDomains) {
          report(
            pod.owner,
            [...at, 'minDomains'],
            `asks for ${minDomains} domains, and the nodes are in ${there.size}`,
            `at most ${there.size}`,
          );
        }
        // A tainted node counts as an empty domain unless the policy says otherwise, and keeps the skew of the others.
        const counted = nodeTaintsPolicy === 'Honor' ? there : domains(topologyKey, inventory.nodes);
        if ((counted?.size ?? 0) > there.size && most > maxSkew * there.size) {
          const wrong = `counts ${topologyKey} of nodes whose taints keep the pods away; no more than ${maxSkew * there.size} of ${most} fit`;
          report(pod.owner, [...at, 'nodeTaintsPolicy'], wrong, 'Honor');
        }
      }
      for (const { topologyKey, path } of requiredApart(pod)) {
        const there = domains(topologyKey, open)?.size ?? 0;
        if (most <= there) continue;
        const wrong = `keeps ${most} pods apart by ${topologyKey}, and the nodes are in ${there}`;
        report(pod.owner, path, wrong, `at most ${there} pods, rollout included, or a preference`);
      }
    }
  },
};

/** Labels of nodes that an inventory tells the values of. */
const LABELS: Readonly<Record<string, (node: Node) => string>> = {
  'topology.kubernetes.io/zone': ({ zone }) => zone,
  'kubernetes.io/hostname': ({ name }) => name,
};

/** The values of a label; undefined for one that the inventory does not tell. */
function domains(label: string, nodes: readonly Node[]): ReadonlySet<string> | undefined {
  const value = LABELS[label];
  return value && new Set(nodes.map(value));
}

/** Anti-affinity that must hold: one pod a domain. */
const requiredApart = ({ spec, path }: PodTemplate): { readonly topologyKey: string; readonly path: Path }[] =>
  (spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map(
    ({ topologyKey }, index) => ({
      topologyKey,
      path: [...path, 'spec', 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', index],
    }),
  );

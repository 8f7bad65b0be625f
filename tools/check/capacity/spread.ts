import type { PodTemplate } from '../../manifests/pods';
import { replicasOf, scalersOf } from '../../manifests/replicas';
import { selects } from '../../manifests/selectors';
import type { Path } from '../../manifests/yaml';
import { closestName } from '../../parse/parse';
import type { Check } from '../check';
import { type Node, openTo } from './nodes';

export const spreadIsFeasible: Check = {
  id: 'capacity/spread',
  what: 'A topology spread that must hold can hold on the declared zones and nodes, at the maximum and in a rollout.',
  why: 'With DoNotSchedule the pod that would break the skew stays pending, and the rollout stands still.',
  exempt: 'Never: spread by ScheduleAnyway, or declare the zones that there are.',
  judge: ({ set, inventory, report, cannotJudge }) => {
    if (!inventory || inventory.nodes.length === 0) {
      cannotJudge(inventory ? 'the inventory names no nodes' : 'without an inventory nobody says what zones there are');
      return;
    }
    const scalers = scalersOf(set);
    const unknown = new Set<string>();
    for (const pod of set.pods) {
      const { running, placed } = replicasOf(pod, scalers);
      const open = openTo(inventory.nodes, pod.spec.tolerations);
      // That no node takes it is said by another check.
      if (open.length === 0) continue;
      for (const [index, constraint] of (pod.spec.topologySpreadConstraints ?? []).entries()) {
        const at = [...pod.path, 'spec', 'topologySpreadConstraints', index];
        const {
          topologyKey,
          minDomains = 1,
          maxSkew,
          whenUnsatisfiable,
          nodeTaintsPolicy,
          matchLabelKeys,
        } = constraint;
        const there = domains(topologyKey, open);
        const near = closestName(topologyKey, Object.keys(LABELS));
        if (!there) {
          if (near) report(pod.owner, [...at, 'topologyKey'], `${topologyKey} is no label of nodes`, `\`${near}\``);
          else unknown.add(topologyKey);
          continue;
        }
        // Pods of the revision before count too, unless the template's hash keeps them apart.
        const pods = matchLabelKeys?.includes('pod-template-hash') ? running : placed;
        const most = maxSkew * there.size;
        if (whenUnsatisfiable !== 'DoNotSchedule' || pods <= most) continue;
        if (there.size < minDomains) {
          const wrong = `asks for ${minDomains} domains, and the nodes are in ${there.size}: only ${most} of ${pods} pods fit`;
          report(pod.owner, [...at, 'minDomains'], wrong, `at most ${there.size}`);
        }
        // A tainted node counts as an empty domain unless the policy says otherwise, and keeps the skew of the others.
        const counted = domains(topologyKey, inventory.nodes);
        if (nodeTaintsPolicy !== 'Honor' && counted && counted.size > there.size) {
          const wrong = `counts ${topologyKey} of nodes whose taints keep the pods away: only ${most} of ${pods} pods fit`;
          report(pod.owner, [...at, 'nodeTaintsPolicy'], wrong, '`Honor`');
        }
      }
      for (const { topologyKey, path } of keptApart(pod)) {
        const there = domains(topologyKey, open)?.size;
        if (there === undefined) unknown.add(topologyKey);
        if (there === undefined || placed <= there) continue;
        const wrong = `keeps ${placed} pods apart by ${topologyKey}, and the nodes are in ${there}`;
        report(pod.owner, path, wrong, `at most ${there} pods, rollout included, or a preference`);
      }
    }
    if (unknown.size > 0) cannotJudge(`the inventory does not say which nodes carry ${[...unknown].join(', ')}`);
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

/** Anti-affinity to its own like that must hold: one pod a domain. */
const keptApart = ({ spec, path, labels }: PodTemplate): { readonly topologyKey: string; readonly path: Path }[] =>
  (spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).flatMap(
    ({ topologyKey, labelSelector }, index) =>
      labelSelector && selects(labelSelector, labels)
        ? [
            {
              topologyKey,
              path: [
                ...path,
                'spec',
                'affinity',
                'podAntiAffinity',
                'requiredDuringSchedulingIgnoredDuringExecution',
                index,
              ],
            },
          ]
        : [],
  );

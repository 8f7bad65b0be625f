import { capacityOf, containerDefaults, type Resources, resourcesOf, showAmount } from '../../manifests/capacity';
import type { PodTemplate } from '../../manifests/pods';
import { amount } from '../../parse/quantity';
import type { Inventory } from '../../render/inventory';
import type { Check } from '../check';

export type Node = Inventory['nodes'][number];
type Taint = Node['taints'][number];
type Toleration = { key?: string; operator?: string; value?: string; effect?: string };

const tolerates = (tolerations: readonly Toleration[], taint: Taint): boolean =>
  tolerations.some(
    ({ key, operator, value = '', effect }) =>
      (key === undefined ? operator === 'Exists' : key === taint.key) &&
      (operator === 'Exists' || value === taint.value) &&
      (effect === undefined || effect === taint.effect),
  );

/** Nodes that take pods of these tolerations; a taint that only prefers keeps nobody away. */
export const openTo = (nodes: readonly Node[], tolerations: readonly Toleration[] = []): Node[] =>
  nodes.filter(({ taints }) =>
    taints.every((taint) => taint.effect === 'PreferNoSchedule' || tolerates(tolerations, taint)),
  );

export const podsFitNodes: Check = {
  id: 'capacity/nodes',
  what: 'Some node has room for each pod, and the nodes together for all of them at their maximum.',
  why: 'A pod that no node can hold stays pending for ever; a cluster that is full fails at its first busy hour or rollout.',
  exempt: 'A cluster that grows by itself; the reason names what makes its nodes.',
  judge: ({ set, inventory, report, cannotJudge }) => {
    if (!inventory || inventory.nodes.length === 0) {
      cannotJudge(
        `${inventory ? 'the inventory names no nodes' : 'without an inventory nobody says what nodes there are'}`,
      );
      return;
    }
    const defaults = containerDefaults(set);
    for (const pod of set.pods) {
      const at = [...pod.path, 'spec'];
      const needs = resourcesOf(pod, 'requests', defaults);
      const nodes = openTo(inventory.nodes, pod.spec.tolerations);
      if (nodes.length === 0) {
        report(pod.owner, [...at, 'tolerations'], 'tolerate the taints of no node', tainted(inventory.nodes));
      } else if (!nodes.some(({ cpu, memory }) => fits(needs.cpu, cpu) && fits(needs.memory, memory))) {
        report(pod.owner, at, `asks for ${showNeeds(needs)}, more than any node that takes it has`, sizes(nodes));
      }
    }
    const { requests } = capacityOf(set, undefined, daemonsOn(inventory.nodes));
    for (const [field, unit] of [
      ['cpu', 'cores'],
      ['memory', 'bytes'],
    ] as const) {
      const all = inventory.nodes.reduce((sum, node) => sum + (amount(node[field]) ?? 0), 0);
      const object = set.all('ResourceQuota')[0] ?? set.pods[0]?.owner;
      if (requests[field] <= all || !object) continue;
      const wrong = `all pods at their maximum ask for ${showAmount(unit, requests[field])} of ${field}, and the nodes have ${showAmount(unit, all)}`;
      report(object, ['spec'], wrong, 'fewer replicas, smaller requests or more nodes');
    }
  },
};

/** How many nodes a DaemonSet's pod comes to; once, where it picks them by labels, which an inventory does not tell. */
export const daemonsOn =
  (nodes: readonly Node[]) =>
  ({ spec }: PodTemplate): number =>
    spec.nodeSelector || spec.affinity?.nodeAffinity ? 1 : openTo(nodes, spec.tolerations).length;

const fits = (needed: number, has: string): boolean => needed <= (amount(has) ?? 0);
const showNeeds = ({ cpu, memory }: Resources): string =>
  `${showAmount('cores', cpu)} of cpu and ${showAmount('bytes', memory)} of memory`;
const sizes = (nodes: readonly Node[]): string =>
  `at most ${[...new Set(nodes.map(({ cpu, memory }) => `${cpu} and ${memory}`))].join(', or ')}`;
const tainted = (nodes: readonly Node[]): string => {
  const taints = nodes.flatMap(({ taints }) => taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`));
  return `a toleration of ${[...new Set(taints)].join(' or ')}`;
};

import { capacityOf, type Resources, resourcesOf, showAmount } from '../../manifests/capacity';
import { amount } from '../../parse/quantity';
import type { Inventory } from '../../render/inventory';
import type { Check } from '../check';

export type Node = Inventory['nodes'][number];
type Taint = Node['taints'][number];
type Toleration = { key?: string; operator?: string; value?: string; effect?: string };

const tolerates = (tolerations: readonly Toleration[], taint: Taint): boolean =>
  tolerations.some(
    ({ key, operator = 'Equal', value = '', effect }) =>
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
    if (!inventory) {
      cannotJudge('without an inventory nobody says what nodes there are');
      return;
    }
    for (const pod of set.pods) {
      const { owner, path, spec } = pod;
      const needs = resourcesOf(pod, 'requests');
      const nodes = openTo(inventory.nodes, spec.tolerations);
      if (nodes.some(({ cpu, memory }) => fits(needs.cpu, cpu) && fits(needs.memory, memory))) continue;
      const right = nodes.length === 0 ? 'a toleration of the taints of some node' : `at most ${largest(nodes)}`;
      report(owner, [...path, 'spec'], `asks for ${showNeeds(needs)} and no node that takes it has that`, right);
    }
    const { requests } = capacityOf(set);
    for (const [field, unit] of [
      ['cpu', 'cores'],
      ['memory', 'bytes'],
    ] as const) {
      const all = inventory.nodes.reduce((sum, node) => sum + (amount(node[field]) ?? 0), 0);
      if (requests[field] <= all) continue;
      const [first] = set.all('ResourceQuota');
      const object = first ?? set.pods[0]?.owner;
      const wrong = `all pods at their maximum ask for ${showAmount(unit, requests[field])} of ${field}, and the nodes have ${showAmount(unit, all)}`;
      if (object) report(object, ['spec'], wrong, 'fewer replicas, smaller requests or more nodes');
    }
  },
};

const fits = (needed: number, has: string): boolean => needed <= (amount(has) ?? 0);
const showNeeds = ({ cpu, memory }: Resources): string =>
  `${showAmount('cores', cpu)} cores and ${showAmount('bytes', memory)}`;
const largest = (nodes: readonly Node[]): string =>
  nodes.map(({ name, cpu, memory }) => `${cpu} cores and ${memory} (${name})`).join(', or ');

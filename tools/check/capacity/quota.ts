import { type Capacity, capacityOf, showAmount } from '../../manifests/capacity';
import { namespaceOf } from '../../manifests/kinds';
import { amount } from '../../parse/quantity';
import type { Check } from '../check';
import { daemonsOn } from './nodes';

/** What a ResourceQuota may bound, and how much of it a capacity comes to. */
const BOUNDED: Readonly<
  Record<string, { readonly unit: 'cores' | 'bytes' | 'pods'; used(capacity: Capacity): number }>
> = {
  cpu: { unit: 'cores', used: ({ requests }) => requests.cpu },
  memory: { unit: 'bytes', used: ({ requests }) => requests.memory },
  pods: { unit: 'pods', used: ({ pods }) => pods },
  'count/pods': { unit: 'pods', used: ({ pods }) => pods },
  'requests.cpu': { unit: 'cores', used: ({ requests }) => requests.cpu },
  'requests.memory': { unit: 'bytes', used: ({ requests }) => requests.memory },
  'requests.ephemeral-storage': { unit: 'bytes', used: ({ requests }) => requests.ephemeralStorage },
  'limits.cpu': { unit: 'cores', used: ({ limits }) => limits.cpu },
  'limits.memory': { unit: 'bytes', used: ({ limits }) => limits.memory },
  'limits.ephemeral-storage': { unit: 'bytes', used: ({ limits }) => limits.ephemeralStorage },
  'requests.storage': { unit: 'bytes', used: ({ storage }) => storage },
};

export const quotaHasRoom: Check = {
  id: 'capacity/quota',
  what: 'Every ResourceQuota has room for its namespace with every autoscaler at its maximum and every rollout at its surge.',
  why: 'The pods that a rollout or a busy hour needs are refused, and the release hangs or users wait.',
  exempt: 'A quota that is meant to stop an autoscaler; the reason says at how many pods.',
  judge: ({ set, inventory, report, cannotJudge }) => {
    const scoped = [];
    for (const quota of set.all('ResourceQuota')) {
      if (quota.spec?.scopes || quota.spec?.scopeSelector) {
        scoped.push(quota.metadata.name);
        continue;
      }
      const capacity = capacityOf(set, namespaceOf(quota), inventory && daemonsOn(inventory.nodes));
      for (const [name, hard] of Object.entries(quota.spec?.hard ?? {})) {
        const bounded = BOUNDED[name];
        const [used, most] = [bounded?.used(capacity) ?? 0, amount(hard) ?? 0];
        if (!bounded || used <= most) continue;
        const shown = bounded.unit === 'pods' ? String(used) : showAmount(bounded.unit, used);
        report(quota, ['spec', 'hard', name], `is ${hard}, and the namespace comes to ${shown}`, `at least ${shown}`);
      }
    }
    if (scoped.length > 0) cannotJudge(`a quota with scopes counts some pods only: ${scoped.join(', ')}`);
  },
};

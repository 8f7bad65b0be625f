import { namespaceOf } from '../../manifests/kinds';
import { countOf, replicasOf, scalersOf } from '../../manifests/replicas';
import type { Check } from '../check';

export const budgetCanBeMet: Check = {
  id: 'capacity/budget',
  what: 'Every PodDisruptionBudget lets a pod go when all are healthy.',
  why: 'A budget that never allows an eviction stops every node drain, and with it every upgrade of the cluster.',
  exempt: 'A single pod that must not move without a person; the reason says who moves it.',
  judge: ({ set, report }) => {
    const scalers = scalersOf(set);
    for (const budget of set.all('PodDisruptionBudget')) {
      const { selector, minAvailable, maxUnavailable } = budget.spec ?? {};
      const pods = selector ? set.podsChosen(namespaceOf(budget), selector) : [];
      const count = pods.reduce((sum, pod) => sum + replicasOf(pod, scalers).least, 0);
      if (count === 0) continue;
      // The disruption controller rounds both up.
      const mayGo =
        maxUnavailable === undefined
          ? count - countOf(minAvailable ?? 0, count, Math.ceil)
          : countOf(maxUnavailable, count, Math.ceil);
      if (mayGo > 0) continue;
      const field = maxUnavailable === undefined ? 'minAvailable' : 'maxUnavailable';
      report(budget, ['spec', field], `lets none of ${count} pod${count === 1 ? '' : 's'} go`, 'maxUnavailable: 1');
    }
  },
};

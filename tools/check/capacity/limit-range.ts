import { namespaceOf } from '../../manifests/kinds';
import { containersOf } from '../../manifests/pods';
import { amount } from '../../parse/quantity';
import type { Check } from '../check';

export const limitRangeAdmits: Check = {
  id: 'capacity/limit-range',
  what: "Every container asks for no more and no less than its namespace's LimitRange admits.",
  why: 'The API server refuses the pod, and its controller tries again for ever.',
  exempt: 'Never: raise the range, or ask for less.',
  judge: ({ set, report }) => {
    for (const range of set.all('LimitRange')) {
      const ofContainers = range.spec?.limits.filter(({ type }) => type === 'Container') ?? [];
      for (const pod of set.podsChosen(namespaceOf(range), {})) {
        for (const { container, path } of containersOf(pod)) {
          for (const { max = {}, min = {} } of ofContainers) {
            for (const [name, most] of Object.entries(max)) {
              const given = container.resources?.limits?.[name];
              if (given === undefined || of(given) <= of(most)) continue;
              report(
                pod.owner,
                [...path, 'resources', 'limits', name],
                `is ${given}`,
                `at most ${most}, by LimitRange ${range.metadata.name}`,
              );
            }
            for (const [name, least] of Object.entries(min)) {
              const given = container.resources?.requests?.[name];
              if (given === undefined || of(given) >= of(least)) continue;
              report(
                pod.owner,
                [...path, 'resources', 'requests', name],
                `is ${given}`,
                `at least ${least}, by LimitRange ${range.metadata.name}`,
              );
            }
          }
        }
      }
    }
  },
};

const of = (quantity: string): number => amount(quantity) ?? 0;

import { type Capacity, capacityOf } from '../manifests/capacity';
import type { ManifestSet } from '../manifests/manifest-set';
import type { AmountReport } from './report';

const RESOURCES = ['cpu', 'memory', 'ephemeralStorage'] as const;

/** Amounts in which two sets differ; of a side that is not there, nothing. */
export function capacityDelta(
  before: ManifestSet | undefined,
  after: ManifestSet | undefined,
): readonly AmountReport[] {
  const [old, now] = [before, after].map((set) => (set ? amountsOf(capacityOf(set)) : []));
  const amounts = (now?.length ? now : old) ?? [];
  return amounts.flatMap(({ value: _, ...amount }, index) => {
    const [was, is] = [old?.[index]?.value ?? 0, now?.[index]?.value ?? 0];
    return was === is ? [] : [{ ...amount, before: was, after: is }];
  });
}

type Amount = Omit<AmountReport, 'before' | 'after'> & { readonly value: number };

const amountsOf = ({ pods, requests, limits, storage }: Capacity): readonly Amount[] => [
  { what: 'pods', unit: 'pods', value: pods },
  ...Object.entries({ requests, limits }).flatMap(([what, amounts]) =>
    RESOURCES.map(
      (resource): Amount => ({
        what: what as 'requests' | 'limits',
        resource,
        unit: resource === 'cpu' ? 'cores' : 'bytes',
        // Sums of millicores are not exact in binary.
        value: Math.round(amounts[resource] * 1000) / 1000,
      }),
    ),
  ),
  { what: 'storage', unit: 'bytes', value: storage },
];

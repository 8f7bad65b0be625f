import type { Container } from 'kubernetes-types/core/v1';
import { amount } from '../parse/quantity';
import type { Manifest } from '../render/order';
import { namespaceOf } from './kinds';
import type { ManifestSet } from './manifest-set';
import { containersOf, type PodTemplate, valueAt } from './pods';
import { replicasOf, scalersOf } from './replicas';

/** Cores, and bytes of memory and of disk that dies with the pod. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
  readonly ephemeralStorage: number;
}

/** What a set may come to use: every autoscaler at its maximum, every rollout at its surge. */
export interface Capacity {
  readonly pods: number;
  readonly requests: Resources;
  readonly limits: Resources;
  /** Bytes that claims ask for. */
  readonly storage: number;
}

const NOTHING: Resources = { cpu: 0, memory: 0, ephemeralStorage: 0 };
const FIELDS = { cpu: 'cpu', memory: 'memory', ephemeralStorage: 'ephemeral-storage' } as const;

const combine = (one: Resources, other: Resources, by: (a: number, b: number) => number): Resources => ({
  cpu: thousandths(by(one.cpu, other.cpu)),
  memory: by(one.memory, other.memory),
  ephemeralStorage: by(one.ephemeralStorage, other.ephemeralStorage),
});

/** Three times 100m are 300m, where floating point would make it 0.30000000000000004. */
const thousandths = (value: number): number => Math.round(value * 1000) / 1000;

const add = (one: Resources, other: Resources) => combine(one, other, (a, b) => a + b);
const greater = (one: Resources, other: Resources) => combine(one, other, Math.max);
export const times = (one: Resources, count: number) => combine(one, NOTHING, (a) => a * count);

/**
 * What a set, or one namespace of it, may come to use.
 * @param daemons how many nodes a DaemonSet's pod comes to; once, where nobody knows.
 */
export function capacityOf(
  set: ManifestSet,
  namespace?: string,
  daemons: (pod: PodTemplate) => number = () => 1,
): Capacity {
  let capacity: Capacity = { pods: 0, requests: NOTHING, limits: NOTHING, storage: 0 };
  const scalers = scalersOf(set);
  const defaults = containerDefaults(set);
  for (const pod of namespace === undefined ? set.pods : set.podsChosen(namespace, {})) {
    const { most, running } = replicasOf(pod, scalers);
    const count = pod.owner.kind === 'DaemonSet' ? daemons(pod) : most;
    capacity = {
      pods: capacity.pods + count,
      requests: add(capacity.requests, times(resourcesOf(pod, 'requests', defaults), count)),
      limits: add(capacity.limits, times(resourcesOf(pod, 'limits', defaults), count)),
      storage: capacity.storage + claimedBy(pod.owner, running),
    };
  }
  const claims = set
    .all('PersistentVolumeClaim')
    .filter((claim) => namespace === undefined || namespaceOf(claim) === namespace);
  return { ...capacity, storage: claims.reduce((sum, { spec }) => sum + storageIn(spec), capacity.storage) };
}

type Which = 'requests' | 'limits';

/** What a LimitRange gives a container that does not say; by namespace. */
type Defaults = ReadonlyMap<string, Readonly<Record<Which, Readonly<Record<string, string>>>>>;

/** Defaults as the API server completes them: the limit is the greatest, the request the limit (core/v1 LimitRange). */
export function containerDefaults(set: ManifestSet): Defaults {
  const ranges = set.all('LimitRange').flatMap((range) =>
    (range.spec?.limits ?? [])
      .filter(({ type }) => type === 'Container')
      .map(({ min, max, default: given, defaultRequest }) => {
        const limits = { ...max, ...given };
        return [namespaceOf(range), { limits, requests: { ...min, ...limits, ...defaultRequest } }] as const;
      }),
  );
  return new Map(ranges);
}

/**
 * What the scheduler and the quota count for a pod: the sum of what runs beside each other, or the greatest of what
 * prepares it, whichever is more (KEP-753: a sidecar counts with both).
 * @param defaults of `containerDefaults`.
 */
export function resourcesOf(pod: PodTemplate, which: Which, defaults: Defaults = new Map()): Resources {
  let [running, preparing] = [NOTHING, NOTHING];
  let sidecars = NOTHING;
  for (const { container, role } of containersOf(pod)) {
    const resources = read(container, which, defaults.get(pod.namespace)?.[which]);
    if (role === 'main') running = add(running, resources);
    else if (role === 'sidecar') sidecars = add(sidecars, resources);
    else preparing = greater(preparing, add(sidecars, resources));
  }
  return greater(add(running, sidecars), preparing);
}

/** A request that is not given is the limit, as the API server fills it in; only then a LimitRange is asked. */
function read({ resources = {} }: Container, which: Which, defaults: Readonly<Record<string, string>> = {}): Resources {
  const of = (field: keyof Resources): number => {
    const name = FIELDS[field];
    const given = resources[which]?.[name] ?? resources.limits?.[name];
    return amount(given ?? defaults[name] ?? 0) ?? 0;
  };
  return { cpu: of('cpu'), memory: of('memory'), ephemeralStorage: of('ephemeralStorage') };
}

type ClaimSpec = { readonly resources?: { readonly requests?: Readonly<Record<string, string>> } };

const storageIn = (spec: ClaimSpec | undefined): number => amount(spec?.resources?.requests?.storage ?? 0) ?? 0;

/** Bytes that a StatefulSet's claims ask for, a claim a replica. */
function claimedBy(owner: Manifest, replicas: number): number {
  const templates = valueAt(owner, ['spec', 'volumeClaimTemplates']);
  if (owner.kind !== 'StatefulSet' || !Array.isArray(templates)) return 0;
  return (templates as { spec?: ClaimSpec }[]).reduce((sum, { spec }) => sum + storageIn(spec) * replicas, 0);
}

/** An amount as people write it: `1.25` or `500m` cores; `512Mi`, `1.5Gi` bytes. Rounded up: who gives as much gives enough. */
export function showAmount(unit: 'cores' | 'bytes', value: number): string {
  if (unit === 'cores')
    return Math.abs(value) >= 1 || value === 0 ? String(hundredths(value)) : `${Math.round(value * 1000)}m`;
  const units = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
  let [shown, index] = [value, 0];
  while (Math.abs(shown) >= 1024 && index < units.length - 1) [shown, index] = [shown / 1024, index + 1];
  return `${hundredths(shown)}${units[index]}`;
}

/** Rounded up; not for the dust that floating point leaves. */
const hundredths = (value: number): number => Math.ceil(Math.round(value * 1e10) / 1e8) / 100;

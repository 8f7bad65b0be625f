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
  cpu: by(one.cpu, other.cpu),
  memory: by(one.memory, other.memory),
  ephemeralStorage: by(one.ephemeralStorage, other.ephemeralStorage),
});
const add = (one: Resources, other: Resources) => combine(one, other, (a, b) => a + b);
const greater = (one: Resources, other: Resources) => combine(one, other, Math.max);
export const times = (one: Resources, count: number) => combine(one, NOTHING, (a) => a * count);

/** What a set, or one namespace of it, may come to use. */
export function capacityOf(set: ManifestSet, namespace?: string): Capacity {
  let capacity: Capacity = { pods: 0, requests: NOTHING, limits: NOTHING, storage: 0 };
  const scalers = scalersOf(set);
  for (const pod of set.pods) {
    if (namespace !== undefined && pod.namespace !== namespace) continue;
    const { most } = replicasOf(pod, scalers);
    capacity = {
      pods: capacity.pods + most,
      requests: add(capacity.requests, times(resourcesOf(pod, 'requests'), most)),
      limits: add(capacity.limits, times(resourcesOf(pod, 'limits'), most)),
      storage: capacity.storage + claimedBy(pod.owner, replicasOf(pod, scalers).running),
    };
  }
  const claims = set
    .all('PersistentVolumeClaim')
    .filter((claim) => [undefined, namespaceOf(claim)].includes(namespace));
  return { ...capacity, storage: claims.reduce((sum, { spec }) => sum + storageIn(spec), capacity.storage) };
}

/**
 * What the scheduler and the quota count for a pod: the sum of what runs beside each other, or the greatest of what
 * prepares it, whichever is more (KEP-753: a sidecar counts with both).
 */
export function resourcesOf(pod: PodTemplate, which: 'requests' | 'limits'): Resources {
  let [running, preparing] = [NOTHING, NOTHING];
  let sidecars = NOTHING;
  const containers = containersOf(pod);
  for (const { container, role } of containers.filter(({ role }) => role !== 'main')) {
    const resources = read(container, which);
    if (role === 'sidecar') sidecars = add(sidecars, resources);
    else preparing = greater(preparing, add(sidecars, resources));
  }
  for (const { container } of containers.filter(({ role }) => role === 'main'))
    running = add(running, read(container, which));
  return greater(add(running, sidecars), preparing);
}

/** A request that is not given is the limit, as the API server fills it in. */
function read({ resources = {} }: Container, which: 'requests' | 'limits'): Resources {
  const of = (field: keyof Resources): number => {
    const name = FIELDS[field];
    const given = resources[which]?.[name] ?? (which === 'requests' ? resources.limits?.[name] : undefined);
    return given === undefined ? 0 : (amount(given) ?? 0);
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

/** An amount as people write it: `1.25` or `500m` cores; `512Mi`, `1.5Gi` bytes. */
export function showAmount(unit: 'cores' | 'bytes', value: number): string {
  if (unit === 'cores')
    return Math.abs(value) >= 1 || value === 0 ? String(round(value)) : `${Math.round(value * 1000)}m`;
  const units = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi'];
  let [shown, index] = [value, 0];
  while (Math.abs(shown) >= 1024 && index < units.length - 1) [shown, index] = [shown / 1024, index + 1];
  return `${round(shown)}${units[index]}`;
}

const round = (value: number): number => Math.round(value * 100) / 100;

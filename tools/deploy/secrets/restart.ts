import type { Deployment, StatefulSet } from 'kubernetes-types/apps/v1';
import { readersOf, readKey } from '../../diff/readers';
import type { ManifestSet } from '../../manifests/manifest-set';
import { podTemplateOf } from '../../manifests/pods';
import type { Talk } from '../../render/inventory';
import type { Manifest } from '../../render/order';
import type { Api, LiveObject } from '../api/client';
import { MANAGER } from './present';

/** Annotation of a pod template: its change is what restarts the pods. */
export const CHANGED_AT = 'slipway.release/secrets-changed-at';

/** A Deployment or a StatefulSet as the cluster has it. */
export type LiveWorkload = LiveObject & Pick<Deployment, 'spec' | 'status'> & Pick<StatefulSet, 'spec' | 'status'>;

/** What the cluster runs of the workloads that a contract names, by name. */
export async function runningWorkloads(
  api: Api,
  workloads: ManifestSet,
  names: readonly string[],
): Promise<ReadonlyMap<string, LiveWorkload>> {
  const found = await Promise.all(
    [...workloads.all('Deployment'), ...workloads.all('StatefulSet')].map(async (manifest) => {
      const name = manifest.metadata.labels?.['app.kubernetes.io/name'];
      if (name === undefined || !names.includes(name)) return [];
      const live = await api.find<LiveWorkload>(await api.pathOf(manifest as Manifest));
      return live ? [[name, live] as const] : [];
    }),
  );
  return new Map(found.flat());
}

/**
 * Whether a workload runs with another value than a key that was created now: only where the Secret was there before,
 * and was deleted. Pods that wait for it take it as it is.
 */
export function ranWithout(live: LiveWorkload, namespace: string, secret: string): boolean {
  const template = podTemplateOf(live as Manifest);
  const names = template && readersOf([template]).has(readKey('Secret', namespace, secret));
  return names === true && (live.status?.readyReplicas ?? 0) > 0;
}

/** Workloads in the order in which they restart: who is called before who calls; together what waits for nobody. */
export function restartOrder(names: readonly string[], talks: readonly Talk[]): string[][] {
  const waves: string[][] = [];
  let left = [...new Set(names)].sort();
  while (left.length > 0) {
    const callees = (caller: string) =>
      talks.flatMap(({ from, to }) =>
        'workload' in from && 'workload' in to && from.workload === caller ? [to.workload] : [],
      );
    const wave = left.filter((name) => !callees(name).some((callee) => callee !== name && left.includes(callee)));
    // Those that call each other restart together.
    waves.push(wave.length > 0 ? wave : left);
    left = wave.length > 0 ? left.filter((name) => !wave.includes(name)) : [];
  }
  return waves;
}

/** Restarts the pods of a workload, as its own rollout does it. */
export async function restart(api: Api, { apiVersion, kind, metadata }: LiveWorkload, at: Date): Promise<void> {
  const { name, namespace, uid } = metadata;
  const annotated = { metadata: { annotations: { [CHANGED_AT]: at.toISOString() } } };
  const manifest = { apiVersion, kind, metadata: { name, namespace, uid }, spec: { template: annotated } };
  await api.apply(manifest, { manager: MANAGER, force: true });
}

/** How far a rollout is: done, or what it still waits for. `failed` says that waiting is in vain. */
export function progressOf({ kind, metadata, spec, status = {} as LiveWorkload['status'] }: LiveWorkload): {
  readonly done: boolean;
  readonly failed?: string;
  readonly words: string;
} {
  const wanted = spec?.replicas ?? 1;
  const updated = status?.updatedReplicas ?? 0;
  const ready = (kind === 'Deployment' ? status?.availableReplicas : status?.readyReplicas) ?? 0;
  const words = `${updated} of ${wanted} updated, ${ready} ready`;
  const seen = (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  const late = status?.conditions?.find(
    ({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
  );
  if (seen && late) return { done: false, failed: late.message ?? 'exceeded its progress deadline', words };
  // Old pods may still end; they serve nobody who asks the new ones.
  const gone = kind === 'Deployment' ? (status?.replicas ?? 0) <= updated : !isMixed(status);
  return { done: seen && updated >= wanted && ready >= wanted && gone, words };
}

const isMixed = (status: LiveWorkload['status']): boolean => status?.currentRevision !== status?.updateRevision;

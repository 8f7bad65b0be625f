import { readersOf, readKey } from '../../diff/readers';
import type { ManifestSet } from '../../manifests/manifest-set';
import { podTemplateOf } from '../../manifests/pods';
import type { Talk } from '../../render/inventory';
import type { Manifest } from '../../render/order';
import type { Api } from '../api/client';
import { isWorkload, type LiveWorkload, readLive, showState, stateOf } from '../rollout/workloads';
import { MANAGER } from './present';

/** Annotation of a pod template: its change is what restarts the pods. */
export const CHANGED_AT = 'slipway.release/secrets-changed-at';

/** What the cluster runs of the workloads that a contract names, by name. */
export async function runningWorkloads(
  api: Api,
  namespace: string,
  workloads: ManifestSet,
  names: readonly string[],
): Promise<ReadonlyMap<string, LiveWorkload>> {
  const named = (object: Manifest) => object.metadata.labels?.['app.kubernetes.io/name'] ?? '';
  const objects = workloads.objects.filter((object) => isWorkload(object) && names.includes(named(object)));
  const placed = await readLive(api, namespace, objects);
  return new Map(placed.flatMap(({ object, live }) => (live ? [[named(object), live] as const] : [])));
}

/**
 * Whether a workload runs with another value than a key that was created now: only where the Secret was there before,
 * and was deleted. Pods that wait for it take it as it is.
 */
export function ranWithout(live: LiveWorkload, namespace: string, secret: string): boolean {
  const template = podTemplateOf(live as Manifest);
  const names = template && readersOf([template]).has(readKey('Secret', namespace, secret));
  return names === true && stateOf(live, live).ready > 0;
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

/** How far a rollout is. `failed` says that waiting is in vain. */
export function progressOf(live: LiveWorkload): {
  readonly done: boolean;
  readonly failed?: string;
  readonly words: string;
} {
  const state = stateOf(live, live);
  const conditions: readonly { type: string; reason?: string; message?: string }[] = live.status?.conditions ?? [];
  const late = conditions.find(({ type, reason }) => type === 'Progressing' && reason === 'ProgressDeadlineExceeded');
  const failed = state.observed && late ? (late.message ?? 'exceeded its progress deadline') : undefined;
  return { done: state.done, failed, words: showState(state) };
}

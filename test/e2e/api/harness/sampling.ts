import execa from 'execa';
import { isReadyPod, type LivePod } from '../../../../tools/deploy/rollout/scene';
import type { Cluster } from './cluster';

/** Pods of one workload at one moment: those that stay. */
export interface Sample {
  readonly pods: number;
  readonly ready: number;
}

/** Every state that pods of a namespace go through while something is done, as the API server's watch tells it. */
export interface Sampling {
  /** One sample an event, of the pods with this `app.kubernetes.io/name`. Ends the watch. */
  of(name: string): Promise<Sample[]>;
}

/** Watches from now on: what the first samples show is what was there. */
export async function samplePods({ api, namespace, adminKubeconfig }: Cluster): Promise<Sampling> {
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const { items, metadata } = await api.get<{ items: LivePod[]; metadata: { resourceVersion: string } }>(path);
  const query = new URLSearchParams({ watch: 'true', resourceVersion: metadata.resourceVersion });
  const child = execa('kubectl', ['--kubeconfig', adminKubeconfig, 'get', '--raw', `${path}?${query}`], {
    reject: false,
  });
  running.add(child);
  return {
    of: async (name) => {
      child.kill('SIGTERM');
      const { stdout } = await child;
      const pods = new Map(items.map((pod) => [pod.metadata.uid, pod]));
      const samples = [sampleOf(name, pods)];
      // The last line may have been cut off.
      for (const line of stdout.split('\n').slice(0, -1)) {
        const { type, object } = JSON.parse(line) as { type: string; object: LivePod };
        if (type === 'DELETED') pods.delete(object.metadata.uid);
        else pods.set(object.metadata.uid, object);
        samples.push(sampleOf(name, pods));
      }
      return samples;
    },
  };
}

/** A watch that a test did not get to end would keep the suite alive. */
const running = new Set<{ kill(): unknown }>();
afterAll(() => {
  for (const child of running) child.kill();
});

function sampleOf(name: string, all: ReadonlyMap<string, LivePod>): Sample {
  const pods = [...all.values()].filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined && metadata.labels?.['app.kubernetes.io/name'] === name,
  );
  return { pods: pods.length, ready: pods.filter(isReadyPod).length };
}

/** Pods of a workload that stay, by name. */
export async function podsOf({ api, namespace }: Cluster, name: string): Promise<LivePod[]> {
  const labelSelector = `app.kubernetes.io/name=${name}`;
  const pods = await api.list<LivePod>(`/api/v1/namespaces/${namespace}/pods`, { labelSelector });
  return pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** How many of some pods run in each zone. */
export function zonesOf({ inventory }: Cluster, pods: readonly LivePod[]): Readonly<Record<string, number>> {
  const zones = new Map(inventory.nodes.map(({ name, zone }) => [name, zone]));
  const counts: Record<string, number> = Object.fromEntries(inventory.zones.map((zone) => [zone, 0]));
  for (const { spec } of pods) {
    const zone = zones.get(spec?.nodeName ?? '') ?? 'none';
    counts[zone] = (counts[zone] ?? 0) + 1;
  }
  return counts;
}

import { imageOf } from '../diff/images';
import type { Typed } from '../manifests/kinds';
import type { Manifest } from '../render/order';
import type { Api, LiveObject } from './api/client';
import { ApiError } from './api/error';
import type { Bundle } from './bundle';
import { isSettled, lastGood, type Release, readReleases } from './release/record';
import { imagesOf } from './rollout/digests';
import { choosing, emptyServices, readSlices, readyEndpoints } from './rollout/endpoints';
import { type Event, readEvents, showEvent } from './rollout/events';
import { readScene, restartsOf, type Seen, staying, title } from './rollout/scene';
import { showState } from './rollout/workloads';

/** What runs of an environment, and whether it is well. */
export interface Status {
  readonly environment: string;
  readonly namespace: string;
  /** The newest revision; missing where there is none, or where this account may not read releases. */
  readonly release?: Pick<Release, 'revision' | 'status' | 'commit' | 'at' | 'by' | 'description' | 'isBad'>;
  readonly workloads: readonly {
    readonly kind: string;
    readonly name: string;
    readonly ready: number;
    readonly desired: number;
    readonly done: boolean;
    readonly restarts: number;
    /** Tag and the beginning of the digest: `chat:1.0.2@sha256:5fa2edb1e408`. */
    readonly images: readonly string[];
    /** The last warning or else the last event, where it is not done. */
    readonly event?: string;
  }[];
  readonly claims: readonly { readonly name: string; readonly phase: string; readonly capacity?: string }[];
  readonly services: readonly { readonly name: string; readonly ready: number }[];
  /** Where people reach it. */
  readonly addresses: readonly string[];
  /** What is not as it should be; empty: all is well. */
  readonly faults: readonly string[];
  readonly notes: readonly string[];
}

/** @throws ApiError, Unreachable where the cluster cannot be asked. */
export async function readStatus(api: Api, { environment, namespace, inventory, workloads }: Bundle): Promise<Status> {
  const { releases, notes } = await releasesOf(api, namespace, environment);
  const newest = releases?.at(-1);
  // What a release holds, and not what dist/ holds today; `drift` and `diff` compare.
  const objects = releases ? runningOf(releases) : workloads.objects;
  const [scene, slices, claims, events] = await Promise.all([
    readScene(api, namespace, objects),
    readSlices(api, namespace),
    api.list<Claim>(`/api/v1/namespaces/${namespace}/persistentvolumeclaims`),
    readEvents(api, namespace),
  ]);
  return {
    environment,
    namespace,
    ...(newest && { release: factsOf(newest) }),
    workloads: scene.map((seen) => workloadOf(seen, events)),
    claims: claims.map(claimOf),
    services: choosing(objects).map(({ metadata: { name } }) => ({ name, ready: readyEndpoints(name, slices) })),
    addresses: inventory.smoke,
    faults: [
      ...releaseFaults(releases, environment),
      ...scene
        .filter(({ state }) => !state.done)
        .map(({ live, state }) =>
          live ? `${title(state)}: ${showState(state)}, ${state.available} available` : `${title(state)}: is not there`,
        ),
      ...claims
        .map(claimOf)
        .filter(({ phase }) => phase !== 'Bound')
        .map(({ name, phase }) => `PersistentVolumeClaim ${name}: ${phase}; expected Bound`),
      ...emptyServices(objects, scene, slices),
    ],
    notes,
  };
}

/** What is to run: what the last good release holds, and before there is one, what is being tried. */
function runningOf(releases: readonly Release[]): readonly Manifest[] {
  const newest = releases.at(-1);
  if (newest?.hasEnded) return [];
  return (lastGood(releases) ?? newest)?.objects ?? [];
}

type Claim = LiveObject & Pick<Typed<'PersistentVolumeClaim'>, 'status'>;

const claimOf = ({ metadata, status }: Claim): Status['claims'][number] => ({
  name: metadata.name,
  phase: status?.phase ?? 'unknown',
  ...(status?.capacity?.storage !== undefined && { capacity: status.capacity.storage }),
});

interface Known {
  /** Undefined where this account may not read Secrets, in which Helm keeps them. */
  readonly releases: readonly Release[] | undefined;
  readonly notes: readonly string[];
}

/** Whoever may look at everything but Secrets still learns how the workloads are. */
async function releasesOf(api: Api, namespace: string, environment: string): Promise<Known> {
  try {
    return { releases: await readReleases(api, namespace, environment), notes: [] };
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 403) throw error;
    const note = 'release: this account may not read Secrets, in which Helm keeps it; workloads are those of dist/';
    return { releases: undefined, notes: [note] };
  }
}

function releaseFaults(releases: readonly Release[] | undefined, environment: string): string[] {
  const newest = releases?.at(-1);
  if (!releases || (newest && isSettled(newest) && newest.status !== 'uninstalled')) return [];
  if (!newest || newest.status === 'uninstalled') {
    return [`release: there is none; expected one (slipway deploy ${environment})`];
  }
  const state = newest.isBad ? 'failed its verification' : `is ${newest.status}`;
  return [`release: revision ${newest.revision} ${state}; slipway deploy ${environment} puts it right first`];
}

const factsOf = ({
  revision,
  status,
  commit,
  at,
  by,
  description,
  isBad,
}: Release): NonNullable<Status['release']> => ({
  ...{ revision, status, commit, at, by, description, isBad },
});

function workloadOf(seen: Seen, events: readonly Event[]): Status['workloads'][number] {
  const { object, live, pods, state, replicaSets } = seen;
  const { kind, name, ready, desired, done } = state;
  const owned = new Set([live, ...pods, ...replicaSets].flatMap((one) => one?.metadata.uid ?? []));
  const told = done ? [] : events.filter(({ involvedObject: { uid = '' } }) => owned.has(uid));
  // A warning explains more than what a controller did after it.
  const last = told.findLast(({ type }) => type === 'Warning') ?? told.at(-1);
  return {
    ...{ kind, name, ready, desired, done },
    restarts: staying(pods).reduce((sum, pod) => sum + restartsOf(pod), 0),
    images: shortImages(live ?? object),
    ...(last && { event: showEvent(last) }),
  };
}

const shortImages = (object: Manifest): string[] =>
  imagesOf(object).map(({ image }) => {
    const { name, tag, digest } = imageOf(image);
    const short = digest?.slice(0, 'sha256:'.length + 12);
    return [name.slice(name.lastIndexOf('/') + 1), tag && `:${tag}`, short && `@${short}`].filter(Boolean).join('');
  });

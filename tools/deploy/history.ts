import { showImageChange } from '../diff/images';
import { compareText, type Manifest } from '../render/order';
import type { Api } from './api/client';
import { type Release, readReleases } from './release/record';
import { imagesOf } from './rollout/digests';

/** One revision of an environment, as `slipway history` tells it. */
export interface Revision {
  readonly revision: number;
  /** Helm's word; `bad` where Helm took it for deployed and slipway's verification failed. */
  readonly status: Release['status'] | 'bad';
  /** ISO time. */
  readonly at: string;
  readonly by: string;
  readonly commit: string;
  /** SHA-256 of `dist/<environment>`. */
  readonly dist: string;
  /** What runs differently than in the revision before: `chat/chat: chat 1.0 → 1.1 (sha256:… → sha256:…)`. */
  readonly images: readonly string[];
  /** What came of it. */
  readonly description: string;
}

/**
 * Every revision that the cluster remembers, the newest last, as `helm history` has them.
 * @throws ApiError, Unreachable where the cluster cannot be asked.
 */
export async function readHistory(api: Api, namespace: string, environment: string): Promise<Revision[]> {
  return historyOf(await readReleases(api, namespace, environment));
}

/** What Helm calls a revision that came up. */
const HELMS_GOOD: ReadonlySet<Release['status']> = new Set(['deployed', 'superseded']);

export const historyOf = (releases: readonly Release[]): Revision[] =>
  releases.map(({ revision, status, isBad, at, by, commit, dist, description, objects }, index) => ({
    ...{ revision, at, by, commit, dist, description },
    status: isBad && HELMS_GOOD.has(status) ? 'bad' : status,
    images: imageChanges(releases[index - 1]?.objects, objects),
  }));

/** Without a revision before, every image is told. */
function imageChanges(before: readonly Manifest[] | undefined, after: readonly Manifest[]): string[] {
  const [was, is] = [imagesBy(before ?? []), imagesBy(after)];
  return [...new Set([...was.keys(), ...is.keys()])].sort(compareText).flatMap((where) => {
    const [old, now] = [was.get(where), is.get(where)];
    if (old === now) return [];
    if (old !== undefined && now !== undefined) return [`${where}: ${showImageChange(old, now)}`];
    return before === undefined ? [`${where}: ${now}`] : [now === undefined ? `- ${where}` : `+ ${where}: ${now}`];
  });
}

/** Images by workload and container: `chat/chat`. */
const imagesBy = (objects: readonly Manifest[]): ReadonlyMap<string, string> =>
  new Map(
    objects.flatMap((object) =>
      imagesOf(object).map(({ container, image }) => [`${object.metadata.name}/${container}`, image] as const),
    ),
  );

import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { readDocuments } from '../../manifests/yaml';
import { parse } from '../../parse/parse';
import type { Manifest } from '../../render/order';
import { type Api, type LiveObject, MERGE } from '../api/client';

/** Where a release's own facts stand: annotations of the chart that is made for it. */
export const FACTS = {
  commit: 'slipway.release/commit',
  dist: 'slipway.release/dist-sha256',
  by: 'slipway.release/by',
} as const;

/**
 * Label of a release's Secret. `failed`: it did not do, even where Helm saw it ready. `ended`: it was uninstalled; Helm
 * forgets that and writes `superseded` when the next one is installed. Labels are what Helm keeps when it writes anew.
 */
export const VERDICT = 'slipway.release/verdict';

/** Annotation of a release's Secret: why it failed, in more words than Helm's. */
export const REASON = 'slipway.release/reason';

/** States that Helm keeps (`pkg/release/common`). */
const STATES = [
  'unknown',
  'deployed',
  'uninstalled',
  'superseded',
  'failed',
  'uninstalling',
  'pending-install',
  'pending-upgrade',
  'pending-rollback',
] as const;

/** One revision of an environment's release, as Helm recorded it. */
export interface Release {
  readonly revision: number;
  readonly status: (typeof STATES)[number];
  /** What it consists of, as it was sent. */
  readonly objects: readonly Manifest[];
  /** Why: Helm's words, or ours (`--description`). */
  readonly description: string;
  /** ISO time. */
  readonly at: string;
  /** Commit of the checkout that released it; `unknown` for a release that slipway did not make. */
  readonly commit: string;
  /** Hash of `dist/<environment>`: `Bundle.hash`. */
  readonly dist: string;
  readonly by: string;
  /** Whether it ran as it should: not where Helm took it for deployed and slipway's verification failed. */
  readonly isBad: boolean;
  /** Whether somebody uninstalled it, or began to. */
  readonly hasEnded: boolean;
  /** Name of its Secret. */
  readonly record: string;
}

const recorded = z.looseObject({
  version: z.int(),
  manifest: z.string(),
  info: z.looseObject({ status: z.enum(STATES), description: z.string().default(''), last_deployed: z.string() }),
  chart: z.looseObject({
    metadata: z.looseObject({ annotations: z.record(z.string(), z.string()).default({}) }),
  }),
});

/**
 * Every revision that the cluster remembers, the oldest first.
 * Helm's storage: a Secret a revision, of type `helm.sh/release.v1`; field `release` is gzipped JSON in base64.
 */
export async function readReleases(api: Api, namespace: string, name: string): Promise<Release[]> {
  const secrets = await api.list<LiveObject & { data: { release: string } }>(
    `/api/v1/namespaces/${namespace}/secrets`,
    {
      labelSelector: `owner=helm,name=${name}`,
    },
  );
  return secrets.map(releaseOf).sort((a, b) => a.revision - b.revision);
}

/** Reads a Secret of Helm's. @throws Refused where it is none. */
export function releaseOf({ metadata, data }: Pick<LiveObject, 'metadata'> & { data: { release: string } }): Release {
  const packed = Buffer.from(Buffer.from(data.release, 'base64').toString(), 'base64');
  const { version, manifest, info, chart } = parse(
    recorded,
    JSON.parse(gunzipSync(packed).toString()),
    `Secret ${metadata.name}`,
  );
  const facts = chart.metadata.annotations;
  return {
    revision: version,
    status: info.status,
    objects: readDocuments(manifest, `release ${version}`).map(({ value }) => value as Manifest),
    description: metadata.annotations?.[REASON] ?? info.description,
    at: info.last_deployed,
    commit: facts[FACTS.commit] ?? 'unknown',
    dist: facts[FACTS.dist] ?? 'unknown',
    by: facts[FACTS.by] ?? 'unknown',
    isBad: metadata.labels?.[VERDICT] === 'failed',
    hasEnded: metadata.labels?.[VERDICT] === 'ended' || /^uninstall/.test(info.status),
    record: metadata.name,
  };
}

/** Whether a revision is how things should be: running, or gone for good. Anything else broke off and was not taken back. */
export const isSettled = ({ status, isBad, hasEnded }: Release): boolean =>
  (status === 'deployed' && !isBad && !hasEnded) || status === 'uninstalled';

/**
 * The revision that everything goes back to: the newest that ran as it should, since the environment was last
 * uninstalled. Never simply the previous number, which may have failed.
 */
export function lastGood(releases: readonly Release[]): Release | undefined {
  const since = releases.slice(releases.findLastIndex(({ hasEnded }) => hasEnded) + 1);
  return (
    since.findLast(({ status, isBad }) => status === 'deployed' && !isBad) ??
    since.findLast(({ status, isBad }) => status === 'superseded' && !isBad)
  );
}

/** Writes down what Helm does not know of a revision, and why. */
export async function pronounce(
  api: Api,
  namespace: string,
  { record }: Release,
  verdict: 'failed' | 'ended',
  reason: string,
): Promise<void> {
  await api.ask('PATCH', `/api/v1/namespaces/${namespace}/secrets/${record}`, {
    type: MERGE,
    body: { metadata: { labels: { [VERDICT]: verdict }, annotations: { [REASON]: reason } } },
  });
}

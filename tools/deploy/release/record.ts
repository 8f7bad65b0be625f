import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { readDocuments } from '../../manifests/yaml';
import { parse } from '../../parse/parse';
import type { Manifest } from '../../render/order';
import type { Api, LiveObject } from '../api/client';

/** Where a release's own facts stand: annotations of the chart that is made for it. */
export const FACTS = {
  commit: 'slipway.release/commit',
  dist: 'slipway.release/dist-sha256',
  by: 'slipway.release/by',
} as const;

/** Label of a release's Secret: Helm saw it ready, and what slipway checks afterwards failed. */
export const VERDICT = 'slipway.release/verdict';

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
    description: info.description,
    at: info.last_deployed,
    commit: facts[FACTS.commit] ?? 'unknown',
    dist: facts[FACTS.dist] ?? 'unknown',
    by: facts[FACTS.by] ?? 'unknown',
    isBad: metadata.labels?.[VERDICT] !== undefined,
    record: metadata.name,
  };
}

export const isPending = ({ status }: Release): boolean => status.startsWith('pending-') || status === 'uninstalling';

/** The revision that everything goes back to: the newest that ran as it should. Never simply the previous number. */
export const lastGood = (releases: readonly Release[]): Release | undefined =>
  releases.findLast(({ status, isBad }) => status === 'deployed' && !isBad) ??
  releases.findLast(({ status, isBad }) => status === 'superseded' && !isBad);

import { gzipSync } from 'node:zlib';
import { isRecord } from '../../manifests/yaml';
import type { Manifest } from '../../render/order';
import type { Api, LiveObject } from '../api/client';
import { CONTROL_PLANE } from '../live/added';
import type { Named } from './helm';
import { FACTS, type Release, readReleases, releaseOf } from './record';

/**
 * Records objects that no release made as a revision, before a release takes them over: if that fails, or is killed,
 * it is what everything goes back to. Without it, a first release that fails would delete what others made.
 * Changes nothing but Helm's history.
 */
export async function recordFound(
  api: Api,
  { namespace, name }: Named,
  objects: readonly Manifest[],
  by: string,
): Promise<Release> {
  const live = await Promise.all(objects.map(async (object) => api.get(await api.pathOf(object))));
  const revision = ((await readReleases(api, namespace, name)).at(-1)?.revision ?? 0) + 1;
  const at = new Date();
  const release = {
    name,
    namespace,
    version: revision,
    manifest: live.map((object) => `---\n${JSON.stringify(asFound(object))}\n`).join(''),
    info: {
      first_deployed: at.toISOString(),
      last_deployed: at.toISOString(),
      status: 'deployed',
      description: 'as it was found before slipway took it over',
    },
    chart: { metadata: { apiVersion: 'v2', name, version: '0.0.0', annotations: { [FACTS.by]: by } } },
  };
  const packed = gzipSync(JSON.stringify(release)).toString('base64');
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    metadata: {
      name: `sh.helm.release.v1.${name}.v${revision}`,
      labels: {
        ...{ name, owner: 'helm', status: 'deployed', version: String(revision) },
        modifiedAt: String(Math.floor(at.getTime() / 1000)),
      },
    },
    data: { release: Buffer.from(packed).toString('base64') },
  };
  const { value } = await api.ask<Parameters<typeof releaseOf>[0]>('POST', `/api/v1/namespaces/${namespace}/secrets`, {
    body: secret,
  });
  return releaseOf(value);
}

/** An object as people and their programs wrote it: without what the control plane filled in or counts. */
export function asFound(live: LiveObject): Manifest {
  const { apiVersion, kind, metadata } = live;
  const { name, namespace } = metadata;
  const sets = (metadata.managedFields ?? []).flatMap(({ manager = '', subresource, fieldsV1 }) =>
    CONTROL_PLANE.has(manager) || subresource === 'status' || !fieldsV1 ? [] : [fieldsV1],
  );
  const found = (sets.length === 0 ? {} : picked(sets.reduce(together), live)) as Partial<Manifest>;
  return {
    ...found,
    apiVersion,
    kind,
    metadata: { ...found.metadata, name, ...(namespace !== undefined && { namespace }) },
  };
}

/** A set of fields as `managedFields` has it; one without entries stands for a value as a whole. */
type FieldSet = Readonly<Record<string, unknown>>;

function together(one: FieldSet, other: FieldSet): FieldSet {
  if (isWhole(one) || isWhole(other)) return {};
  const both = { ...one };
  for (const [key, inner] of Object.entries(other))
    both[key] = key in both ? together(setOf(both[key]), setOf(inner)) : inner;
  return both;
}

const isWhole = (set: FieldSet): boolean => Object.keys(set).length === 0;
const setOf = (inner: unknown): FieldSet => (isRecord(inner) ? inner : {});

/** What of a value belongs to a set. */
function picked(set: FieldSet, value: unknown): unknown {
  if (isWhole(set)) return value;
  if (Array.isArray(value)) {
    return value.flatMap((entry, index) => {
      const key = Object.keys(set).find((one) => names(one, entry, index));
      return key === undefined ? [] : [picked(setOf(set[key]), entry)];
    });
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, inner]) => {
      const below = set[`f:${field}`];
      return below === undefined ? [] : [[field, picked(setOf(below), inner)]];
    }),
  );
}

/** Whether a key of a set means this entry of a list: `k:{…}` by its keys, `v:…` by its value, `i:…` by its place. */
function names(key: string, entry: unknown, index: number): boolean {
  const [kind, rest] = [key.slice(0, 2), key.slice(2)];
  if (kind === 'i:') return Number(rest) === index;
  if (kind !== 'k:' && kind !== 'v:') return false;
  const wanted: unknown = JSON.parse(rest);
  if (kind === 'v:' || !isRecord(wanted)) return wanted === entry;
  return isRecord(entry) && Object.entries(wanted).every(([name, part]) => entry[name] === part);
}

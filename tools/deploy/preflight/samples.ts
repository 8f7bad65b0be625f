import { type Path, showPath } from '../../manifests/yaml';
import type { Manifest } from '../../render/order';
import type { Bundle } from '../bundle';
import type { Answer, PreflightContext, Question } from './question';
import { type Sample, samplesIn } from './sample-values';

/** Nothing of the samples reaches a cluster: addresses, hosts and accounts that belong to nobody. */
export const noSamples: Question = {
  name: 'samples',
  ask: async ({ bundle }: PreflightContext): Promise<Answer> => ({ faults: sampleFaults(bundle) }),
};

/** Where a sample value stands. */
interface Place extends Sample {
  /** `Deployment chat`, or `inventory`. */
  readonly owner: string;
  readonly path: Path;
  /** What to set instead. */
  readonly set: string;
}

/** One fault a value, however many fields carry it. */
export function sampleFaults(bundle: Bundle): string[] {
  const places = new Map<string, Place[]>();
  for (const place of placesOf(bundle)) {
    const known = places.get(place.value);
    if (known) known.push(place);
    else places.set(place.value, [place]);
  }
  return [...places.values()].map((found) => {
    const [{ owner, path, kind, value }] = found as [Place, ...Place[]];
    const more = found.length === 1 ? '' : ` (and in ${found.length - 1} more field${found.length === 2 ? '' : 's'})`;
    const set = [...new Set(found.map((place) => place.set))].join(', or ');
    return `${owner} ${showPath(path)}: ${kind} ${value} is the sample's${more}; expected your own. Set ${set}`;
  });
}

function* placesOf({ environment, inventory, platform, workloads }: Bundle): Generator<Place> {
  const file = `charts/environments/${environment}.ts`;
  for (const object of [...workloads.objects, ...platform.objects]) {
    for (const found of walk(object, [])) {
      yield { ...found, owner: `${object.kind} ${object.metadata.name}`, set: sourceOfField(object, found, file) };
    }
  }
  // Hashes and names of objects are no configuration.
  const { objects: _, ...facts } = inventory;
  for (const found of walk(facts, [])) {
    yield { ...found, owner: `dist/inventory/${environment}.json`, set: sourceOfFact(found, file) };
  }
}

function* walk(value: unknown, path: Path): Generator<Sample & { readonly path: Path }> {
  if (typeof value === 'string') {
    for (const sample of samplesIn(value)) yield { ...sample, path };
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value))
      yield* walk(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

const cluster = (field: string, file: string): string => `${field} of the cluster that ${file} imports (cluster/specs)`;

/** The field of the environment that most likely brought a value into an object. */
function sourceOfField({ kind }: Manifest, { path }: { readonly path: Path }, file: string): string {
  if (path.at(-1) === 'image') return `\`images.registry\` (or \`images.mirror\`) in ${file}`;
  if (kind === 'NetworkPolicy') return `\`clients\` in ${file}, or ${cluster('`cidrs`', file)}`;
  if (kind === 'Ingress') return `the application's \`expose\` in ${file}`;
  if (kind === 'ConfigMap' && path.at(-1) === 'ORIGINS') return `the application's \`origins\` in ${file}`;
  return `it in ${file}, or in the cluster's file that it imports`;
}

/** The field that a fact of the inventory is rendered from. */
function sourceOfFact({ path: [fact] }: { readonly path: Path }, file: string): string {
  if (fact === 'apiEndpoint') return cluster('`apiEndpoint`', file);
  if (fact === 'nodes' || fact === 'zones') return cluster('`workers`', file);
  if (fact === 'talks') return `\`clients\` in ${file}, or ${cluster('`cidrs`', file)}`;
  if (fact === 'smoke') return `\`smoke\` in ${file}`;
  return `it in ${file}, or in the cluster's file that it imports`;
}

import { basename, join } from 'node:path';
import type { ComposedEnvironment } from './charts/environments/environment';
import { UsageError } from './tools/cli/errors';
import { nearest, Refused, settle } from './tools/parse/parse';
import {
  type Changes,
  compareTree,
  type RenderedEnvironment,
  type RenderedFolder,
  writeTree,
} from './tools/render/tree';
import { checkTypes } from './tools/render/type-check';

const ROOT = __dirname;

/** The folder that is committed and reviewed. Nothing else writes there. */
const DIST = join(ROOT, 'dist');

/** What a synth did, and how much it looked at. */
export interface Synthesis extends Changes {
  readonly environments: readonly string[];
  /** Clusters whose configuration was rendered: every one, unless environments were named. */
  readonly clusters: readonly string[];
  readonly files: number;
  readonly objects: number;
}

/**
 * Renders environments into folders, all or nothing: types are checked and every chart has run before a byte is written.
 * @param names environments to render; none means every one there is.
 * @throws Refused with a line for every fault; the folders are as they were.
 */
export async function synth(names: readonly string[] = [], folders: readonly string[] = [DIST]): Promise<Synthesis> {
  const { environments, clusters } = await renderAll(names);
  const [changes] = folders.map((folder) => writeTree(folder, [...environments, ...clusters], names.length === 0));
  return {
    written: changes?.written ?? [],
    removed: changes?.removed ?? [],
    environments: environments.map(({ inventory }) => inventory.environment),
    clusters: clusters.map(({ folder }) => basename(folder)),
    files: environments.reduce((sum, { files }) => sum + files.length, 0),
    objects: environments.reduce((sum, { inventory }) => sum + inventory.objects.length, 0),
  };
}

/**
 * Files of dist/ that a synth of these environments would write or remove: none where dist/ is current. Writes nothing.
 * @param names environments; none means every one there is.
 * @throws Refused as `synth` does.
 */
export async function staleFiles(names: readonly string[] = [], folder = DIST): Promise<string[]> {
  const { environments, clusters } = await renderAll(names);
  const { written, removed } = compareTree(folder, [...environments, ...clusters], names.length === 0);
  return [...written, ...removed];
}

/**
 * Renders environments and writes nothing; types are checked beside it.
 * @param pins pins of environments, by name, in place of those in their files.
 * @throws Refused with a line for every fault.
 */
export async function render(names: readonly string[], pins: Pins = {}): Promise<RenderedEnvironment[]> {
  return checked(() => renderEnvironments(names, pins));
}

/** Environments by name, or all of them with every cluster. */
const renderAll = (names: readonly string[]) =>
  checked(() => ({
    environments: renderEnvironments(names, {}),
    clusters: names.length === 0 ? renderClusters() : [],
  }));

/** Renders while the type checker runs in its own process. */
async function checked<Result>(renderNow: () => Result): Promise<Result> {
  const [types, charts] = await Promise.allSettled([
    checkTypes(join(ROOT, 'tsconfig.synth.json')),
    (async () => renderNow())(),
  ]);
  if (charts.status === 'rejected' && charts.reason instanceof UsageError) throw charts.reason;
  // A type error explains whatever a chart made of it at run time.
  if (types.status === 'rejected') throw types.reason;
  if (charts.status === 'rejected') throw charts.reason;
  return charts.value;
}

type Pins = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Charts and cdk8s load only here. */
function renderEnvironments(names: readonly string[], pins: Pins): RenderedEnvironment[] {
  const { environments }: typeof import('./charts/environments') = require('./charts/environments');
  const { withPins }: typeof import('./charts/environments/environment') = require('./charts/environments/environment');
  const { assemble }: typeof import('./charts/assemble') = require('./charts/assemble');
  const { renderEnvironment }: typeof import('./tools/render/environment') = require('./tools/render/environment');
  const attempts = selected(environments, names).map((environment) => () => {
    const pinned = pins[environment.name];
    const { app, facts } = assemble(pinned ? withPins(environment, pinned) : environment);
    return renderEnvironment(environment.name, app, facts);
  });
  return settle(attempts);
}

/** What every cluster is built from: dist/cluster/<cluster>. */
function renderClusters(): RenderedFolder[] {
  const { clusters }: typeof import('./cluster/specs') = require('./cluster/specs');
  const { renderCluster, clashes }: typeof import('./cluster/render') = require('./cluster/render');
  const faults = [...clashes(clusters)];
  if (faults.length > 0) throw new Refused(faults);
  return settle(
    clusters.map((cluster) => () => ({ folder: join('cluster', cluster.name), texts: renderCluster(cluster) })),
  );
}

function selected(
  environments: readonly ComposedEnvironment[],
  names: readonly string[],
): readonly ComposedEnvironment[] {
  const known = environments.map(({ name }) => name);
  const twice = known.filter((name, index) => known.indexOf(name) < index);
  if (twice.length > 0)
    throw new Refused([
      `environments: "${twice[0]}" stands twice in charts/environments/index.ts; expected every name once`,
    ]);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new UsageError(unknown.map((name) => `unknown environment "${name}"; ${nearest(name, known)}`));
  return names.length === 0 ? environments : environments.filter(({ name }) => names.includes(name));
}

// `cdk8s synth` empties its output folder before it starts this file, so it gets a folder of its own beside dist/.
if (require.main === module) {
  const own = process.env.CDK8S_OUTDIR;
  synth([], own ? [DIST, own] : [DIST]).catch((error: Error) => {
    console.error(error instanceof Refused ? error.message : error);
    process.exitCode = 1;
  });
}

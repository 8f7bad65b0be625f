import type { Comparison } from '../diff/report';
import { Refused } from '../parse/parse';
import { compareManifests, identity, type Manifest } from '../render/order';
import type { Api, LiveObject } from './api/client';
import type { Bundle } from './bundle';
import { nameOf, showConflict } from './live/conflicts';
import { showForeign } from './live/owner';
import { comparisonOf, isEqual, preview } from './live/preview';
import { ownCluster } from './live/where';
import type { Target } from './target';

export interface PlatformOptions {
  /** Ask the cluster and show what would change; change nothing. */
  readonly dryRun: boolean;
  /** Take fields that other managers own. Without it they are refused. */
  readonly adopt: boolean;
  print(line: string): void;
  /** Shows what would change. */
  show(changes: Comparison): void;
  /** Whether somebody agrees. @throws Refused where nobody can be asked and nobody agreed beforehand. */
  ask(question: string): Promise<boolean>;
}

/** How it ended. */
export interface PlatformOutcome {
  /** Address of the API server. */
  readonly cluster: string;
  readonly environment: string;
  /**
   * - `applied`: it stands as dist/ has it.
   * - `unchanged`: it did already.
   * - `dry-run`, `declined`: nothing was changed.
   * - `failed`: what comes before the object that failed stands, what comes after does not.
   */
  readonly result: 'applied' | 'unchanged' | 'dry-run' | 'declined' | 'failed';
  readonly changes: Comparison;
  /** What this environment's platform once brought and no longer has: it stays until somebody deletes it. */
  readonly leftovers: readonly string[];
  /** Objects that were applied, in that order. */
  readonly applied: readonly string[];
  readonly reason?: string;
}

/**
 * Field manager of an environment's platform. One for each, so that several environments on one cluster do not take
 * what belongs to the whole cluster for their own leftovers.
 */
export const platformManager = (environment: string): string => `slipway-platform-${environment}`;

/**
 * Brings the administrator's part of an environment to a cluster; deletes nothing.
 * @throws Refused where nothing was changed because something stands against it.
 */
export async function applyPlatform(
  api: Api,
  target: Target,
  bundle: Bundle,
  options: PlatformOptions,
): Promise<PlatformOutcome> {
  const { environment, platform } = bundle;
  const cluster = await ownCluster(api, bundle, target);
  options.print(`cluster: ${cluster}`);
  const owner = { manager: platformManager(environment) };
  const [seen, leftovers] = await Promise.all([
    preview(api, platform.objects, [], owner),
    leftoversOf(api, platform.objects, owner.manager),
  ]);
  if (seen.refused.length > 0) throw new Refused(seen.refused);
  for (const warning of seen.warnings) options.print(`the API server warns: ${warning}`);
  for (const name of leftovers) options.print(`no longer rendered, and left alone: ${name}`);
  const changes = comparisonOf(environment, seen);
  const ended = (result: PlatformOutcome['result'], rest: Partial<PlatformOutcome> = {}): PlatformOutcome => ({
    ...{ cluster, environment, result, changes, leftovers, applied: [] },
    ...rest,
  });
  if (isEqual(seen)) return ended('unchanged');

  options.show(changes);
  const others = [...seen.conflicts.map(showConflict), ...seen.foreign.map(showForeign)];
  if (others.length > 0 && !options.adopt) {
    throw new Refused([
      ...others,
      `others own these; undo it there, or take them over: slipway platform ${environment} --adopt`,
    ]);
  }
  if (options.dryRun) return ended('dry-run');
  if (!(await options.ask(`Apply this to the platform of ${environment}?`))) return ended('declined');
  const applied: string[] = [];
  for (const object of platform.objects) {
    try {
      await api.apply(object, { manager: owner.manager, force: options.adopt });
      applied.push(nameOf(object));
    } catch (error) {
      return ended('failed', { applied, reason: `${nameOf(object)}: ${(error as Error).message}` });
    }
  }
  return ended('applied', { applied });
}

/** Kinds that a platform can hold, whether it does or not. */
const KINDS = [
  ['v1', 'Namespace'],
  ['v1', 'ResourceQuota'],
  ['v1', 'LimitRange'],
  ['v1', 'PersistentVolume'],
  ['v1', 'PersistentVolumeClaim'],
  ['v1', 'ServiceAccount'],
  ['v1', 'ConfigMap'],
  ['storage.k8s.io/v1', 'StorageClass'],
  ['scheduling.k8s.io/v1', 'PriorityClass'],
  ['networking.k8s.io/v1', 'IngressClass'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
] as const;

/** Objects of the whole cluster that a manager applied and that are no longer wanted. */
async function leftoversOf(api: Api, wanted: readonly Manifest[], manager: string): Promise<string[]> {
  const names = new Set(wanted.map(identity));
  const kinds = new Map(
    [...KINDS, ...wanted.map(({ apiVersion, kind }) => [apiVersion, kind] as const)].map((one) => [one.join(), one]),
  );
  const found = await Promise.all([...kinds.values()].map((kind) => listAll(api, ...kind)));
  return found
    .flat()
    .filter((live) => !names.has(identity(live)) && isAppliedBy(live, manager))
    .sort(compareManifests)
    .map(nameOf);
}

/** Objects of a kind, in every namespace. The label keeps what a cluster has thousands of out of the answer. */
async function listAll(api: Api, apiVersion: string, kind: string): Promise<LiveObject[]> {
  const path = await api.pathOf({ apiVersion, kind, metadata: { name: 'any', namespace: 'any' } });
  const list = path.replace(/\/any$/, '').replace('/namespaces/any/', '/');
  return api.list(list, { labelSelector: 'app.kubernetes.io/managed-by=slipway' });
}

const isAppliedBy = ({ metadata }: LiveObject, manager: string): boolean =>
  metadata.managedFields?.some((entry) => entry.manager === manager && entry.operation === 'Apply') ?? false;

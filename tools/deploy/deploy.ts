import type { Comparison } from '../diff/report';
import { Refused } from '../parse/parse';
import { identity, type Manifest } from '../render/order';
import { carryOut, type Session, withLease } from './carry';
import { deleteClaims, keptClaims } from './claims';
import { nameOf, showConflict } from './live/conflicts';
import { showForeign } from './live/owner';
import { comparisonOf, isEqual, type Preview, preview } from './live/preview';
import { type Facts, writeChart } from './release/chart';
import { recordFound } from './release/found';
import { upgrade } from './release/helm';
import { isSettled, lastGood, type Release, readReleases } from './release/record';
import { recover } from './release/restore';
import { takeBaseline, verify } from './rollout/verify';

export interface DeployOptions {
  /** Ask the cluster and show what would change; change nothing. */
  readonly dryRun: boolean;
  /** Take objects and fields that others made. Without it they are refused, or `ask` decides. */
  readonly adopt: boolean;
  /** Delete the claims of StatefulSets that this release removes, and what they hold. */
  readonly pruneData: boolean;
  /** Seconds for everything together. */
  readonly timeout: number;
  readonly facts: Facts;
  /** Shows what would change. */
  show(comparison: Comparison): void;
  /** Whether somebody agrees. */
  ask(question: string): Promise<boolean>;
  /** The same for what `--yes` does not cover; false where nobody can be asked. */
  offer(question: string): Promise<boolean>;
}

/** How a deploy ended. */
export interface Outcome {
  readonly environment: string;
  /**
   * - `deployed`: it runs, and was verified.
   * - `unchanged`: nothing differed; no release was made.
   * - `dry-run`, `declined`: nothing was changed.
   * - `restored`: it failed, and what ran before runs again.
   * - `removed`: the first one failed, and what it made is gone.
   * - `broken`: it failed, and what ran before could not be put back.
   */
  readonly result: 'deployed' | 'unchanged' | 'dry-run' | 'declined' | 'restored' | 'removed' | 'broken';
  readonly revision?: number;
  readonly commit?: string;
  readonly reason?: string;
  /** Folder of what explains a failure. */
  readonly diagnostics?: string;
  readonly notes: readonly string[];
  readonly changes?: Comparison;
}

/**
 * Brings a cluster to what `dist/<environment>/workloads` holds, or leaves it as it was.
 * @throws Refused where nothing was changed because something stands against it.
 */
export async function deploy(session: Session, options: DeployOptions): Promise<Outcome> {
  checkTimeout(session.bundle.workloads.objects, options.timeout);
  if (options.dryRun) {
    const releases = await readReleases(session.api, session.named.namespace, session.named.name);
    const newest = releases.at(-1);
    if (newest && !isSettled(newest))
      session.print(`revision ${newest.revision} is ${newest.status}: a deploy would take it back first`);
    return consider(session, options, lastGood(releases), async () => outcome(session, 'dry-run'));
  }
  return withLease(session, async (lease) => {
    const good = lastGood(await recover(session.api, session.named, session.print));
    return consider(session, options, good, async ({ adopt, claims, found }) => {
      const chart = writeChart(session.bundle, options.facts);
      try {
        const isFirst = good === undefined && found.length > 0;
        const back = isFirst ? await recordFound(session.api, session.named, found, session.by) : good;
        const carried = await carryOut(session, lease, {
          start: () => upgrade(session.named, { chart: chart.path, timeout: options.timeout, adopt }),
          objects: session.bundle.workloads.objects,
          good: back,
          timeout: options.timeout,
        });
        if (!carried.ok) return failed(session, carried);
        const { revision, notes } = carried;
        const { commit } = options.facts;
        const done = {
          revision,
          commit,
          notes: [...notes, ...claims.map((claim) => `claim ${claim} stays, with its data`)],
        };
        if (!options.pruneData) return outcome(session, 'deployed', done);
        try {
          await deleteClaims(session.api, session.named.namespace, claims);
          return outcome(session, 'deployed', { ...done, notes });
        } catch (error) {
          return outcome(session, 'deployed', {
            ...done,
            reason: `not every claim was deleted: ${(error as Error).message}`,
          });
        }
      } finally {
        chart.remove();
      }
    });
  });
}

interface Agreed {
  readonly adopt: boolean;
  /** Claims of what goes. */
  readonly claims: readonly string[];
  /** What others made and this release takes over. */
  readonly found: readonly Manifest[];
}

/** Compares, shows and asks; goes on where somebody agrees. */
async function consider(
  session: Session,
  options: DeployOptions,
  good: Release | undefined,
  goOn: (agreed: Agreed) => Promise<Outcome>,
): Promise<Outcome> {
  const { api, bundle, named, print } = session;
  const wanted = bundle.workloads.objects;
  const stays = new Set(wanted.map(identity));
  const gone = (good?.objects ?? []).filter((object) => !stays.has(identity(object)));
  const release = { name: named.name, namespace: named.namespace };
  const seen = await preview(api, wanted, gone, { manager: 'helm', release });
  if (seen.refused.length > 0) throw new Refused(seen.refused);
  for (const warning of seen.warnings) print(`the API server warns: ${warning}`);
  if (isEqual(seen) && good) return unchanged(session, good);

  const changes = comparisonOf(bundle.environment, seen, bundle.platform);
  options.show(changes);
  const claims = await keptClaims(api, named.namespace, gone);
  const verb = options.pruneData ? 'would be DELETED, with its data' : 'stays, with its data';
  for (const claim of claims) print(`claim ${claim} ${verb}`);
  const adopt = await mayAdopt(seen, options);
  const isAgreed = options.dryRun || (await options.ask(`Release this to ${bundle.environment}?`));
  if (!isAgreed || session.interrupted.aborted) return outcome(session, 'declined', { changes });
  const foreign = new Set(seen.foreign.map(({ object }) => object));
  const found = wanted.filter((object) => foreign.has(nameOf(object)));
  return { ...(await goOn({ adopt, claims, found })), changes };
}

/** Whether what others made is to be taken over. @throws Refused naming it where nobody said so. */
async function mayAdopt({ foreign, conflicts }: Preview, { adopt, dryRun, offer }: DeployOptions): Promise<boolean> {
  const others = [...foreign.map(showForeign), ...conflicts.map(showConflict)];
  if (others.length === 0 || adopt) return others.length > 0;
  const faults = [
    ...others,
    'Others made these objects or fields. Undo that, or take them over: slipway deploy --adopt',
  ];
  if (dryRun) throw new Refused(faults);
  if (await offer(`${others.join('\n')}\nTake them over?`)) return true;
  throw new Refused(faults);
}

/** Nothing differs; that what runs is well is asked all the same. */
async function unchanged(session: Session, good: Release): Promise<Outcome> {
  const { api, named } = session;
  const { faults, notes } = await verify(api, named.namespace, good.objects, await takeBaseline(api, named.namespace));
  return outcome(session, 'unchanged', {
    revision: good.revision,
    commit: good.commit,
    notes,
    ...(faults.length > 0 && { reason: faults.join('; ') }),
  });
}

/** What a change that failed left behind. */
export function failed(
  session: Session,
  { reason, diagnostics, restored }: Extract<Awaited<ReturnType<typeof carryOut>>, { ok: false }>,
): Outcome {
  if (restored instanceof Error) {
    return outcome(session, 'broken', { reason: `${reason}; and not restored: ${restored.message}`, diagnostics });
  }
  const { to } = restored;
  return to
    ? outcome(session, 'restored', { reason, diagnostics, revision: to.revision, commit: to.commit })
    : outcome(session, 'removed', { reason, diagnostics });
}

export const outcome = (
  { bundle: { environment } }: Session,
  result: Outcome['result'],
  more: Partial<Outcome> = {},
): Outcome => ({ environment, result, notes: [], ...more });

/**
 * The deadline of a release must be beyond that of each workload, or nobody learns which one it was.
 * @throws Refused naming the workload.
 */
export function checkTimeout(objects: readonly Manifest[], timeout: number): void {
  const faults = objects.flatMap((object) => {
    const { spec } = object as Manifest & { readonly spec?: { readonly progressDeadlineSeconds?: number } };
    const seconds = spec?.progressDeadlineSeconds;
    if (object.kind !== 'Deployment' || seconds === undefined || seconds < timeout) return [];
    return `--timeout: ${timeout} s is not beyond ${seconds} s, the progress deadline of ${object.kind} ${object.metadata.name}; expected more, so that Kubernetes gives its own reason first`;
  });
  if (faults.length > 0) throw new Refused(faults);
}

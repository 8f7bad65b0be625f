import { join } from 'node:path';
import type { Manifest } from '../render/order';
import type { Api } from './api/client';
import type { Bundle } from './bundle';
import type { Helm, Named } from './release/helm';
import { type Lease, takeLease } from './release/lease';
import { pronounce, type Release, readReleases } from './release/record';
import { type Restored, restore } from './release/restore';
import { collectDiagnostics } from './rollout/diagnostics';
import { contractRedactor } from './rollout/redact';
import { smoke } from './rollout/smoke';
import { type Baseline, takeBaseline, verify } from './rollout/verify';
import { watchRollout } from './rollout/watch';

/**
 * Seconds that smoke addresses get until they answer. By then every pod was ready for its `minReadySeconds`: controllers
 * in the cluster learn of it within a second or two, balancers outside after two or three of their checks, which are
 * ten seconds apart at most. Whoever answers no sooner lets people wait meanwhile, and that is a failure.
 */
const SMOKE = 30;
/** Seconds that Helm gets beyond its own deadline to write down that it failed. */
const LAST_WORDS = 15;

/** One command at work on one environment. */
export interface Session {
  readonly api: Api;
  readonly bundle: Bundle;
  readonly named: Named;
  /** Who releases. */
  readonly by: string;
  print(line: string): void;
  /** Aborted by SIGINT, SIGTERM and SIGHUP; the reason is the signal's name. */
  readonly interrupted: AbortSignal;
  /** Folder below which diagnostics are written. */
  readonly diagnostics: string;
}

/** A change of a release that somebody agreed to. */
export interface Change {
  /** Sets Helm to work. */
  start(): Helm;
  /** What runs afterwards. */
  readonly objects: readonly Manifest[];
  /** What runs now, and again if this fails; undefined where nothing does. */
  readonly good: Release | undefined;
  /** Seconds for everything together. */
  readonly timeout: number;
}

export type Carried =
  | { readonly ok: true; readonly revision: number; readonly notes: readonly string[] }
  | {
      readonly ok: false;
      readonly reason: string;
      /** Folder of what explains it; undefined where it could not be written. */
      readonly diagnostics: string | undefined;
      /** What runs again; or why it does not. */
      readonly restored: Restored | Error;
    };

/** Holds the lease of the environment while something is done to it. */
export async function withLease<Result>(session: Session, work: (lease: Lease) => Promise<Result>): Promise<Result> {
  const lease = await lay(session);
  try {
    return await work(lease);
  } finally {
    await lease.release();
  }
}

const lay = ({ api, named: { namespace, name }, by: holder, print }: Session): Promise<Lease> =>
  takeLease(api, { namespace, name, holder, print });

/**
 * Carries a change out: Helm works and waits, a watcher gives up early where waiting has no sense, then what runs is
 * verified and asked over HTTP. Whatever fails, and whoever interrupts: everything goes back to what ran before.
 */
export async function carryOut(session: Session, held: Lease, change: Change): Promise<Carried> {
  const { api, named, print } = session;
  const [before, redact] = await Promise.all([
    takeBaseline(api, named.namespace),
    contractRedactor(api, session.bundle),
  ]);
  const deadline = Date.now() + change.timeout * 1000;
  const known = (await readReleases(api, named.namespace, named.name)).at(-1)?.revision ?? 0;

  const helmFailed = await runHelm(session, held, change, before);
  const notes: string[] = [];
  const failure = helmFailed ?? (await judge(session, held, change, { before, deadline, notes }));
  if (failure === undefined) return { ok: true, revision: known + 1, notes };

  // Words of the cluster and of programs, which know secrets.
  const reason = redact(failure);
  print(`failed: ${reason}`);
  await condemn(session, known, reason, false);
  const folder = join(session.diagnostics, `${named.name}-${new Date().toISOString().replaceAll(':', '-')}`);
  const { target } = named;
  const written = await collectDiagnostics({ ...session, target, objects: change.objects, before, folder, reason });
  const diagnostics = written.length > 0 ? folder : undefined;
  let lease = held;
  try {
    const restored = await restore(api, named, {
      good: change.good,
      reason,
      print,
      // A cluster that was away may have been somebody else's meanwhile.
      beforehand: async () => {
        if (lease.lost.aborted) lease = await lay(session);
      },
    });
    await condemn(session, known, reason, true);
    return { ok: false, reason, diagnostics, restored };
  } catch (error) {
    return { ok: false, reason, diagnostics, restored: error as Error };
  } finally {
    if (lease !== held) await lease.release();
  }
}

/** Lets Helm work. @returns why it failed. */
async function runHelm(
  { api, named, print, interrupted }: Session,
  { lost }: Lease,
  { start, objects, timeout }: Change,
  before: Baseline,
): Promise<string | undefined> {
  let reason: string | undefined;
  const helm = start();
  const stop = (why: string, signal: 'SIGTERM' | 'SIGKILL') => {
    reason ??= why;
    helm.stop(signal);
  };
  const onInterrupt = () => stop(`interrupted by ${interrupted.reason}`, 'SIGTERM');
  // Somebody else may release from now on: no time for last words.
  const onLost = () => stop(String(lost.reason), 'SIGKILL');
  const late = () => stop(`not done after ${timeout} s`, 'SIGKILL');
  const timer = setTimeout(late, (timeout + LAST_WORDS) * 1000);
  interrupted.addEventListener('abort', onInterrupt);
  lost.addEventListener('abort', onLost);
  if (interrupted.aborted) onInterrupt();
  const watch = watchRollout({
    api,
    namespace: named.namespace,
    objects,
    before,
    print,
    giveUp: (why) => stop(why, 'SIGTERM'),
  });
  try {
    const { ok, reason: said } = await helm.ended;
    return ok ? undefined : (reason ?? said);
  } finally {
    clearTimeout(timer);
    interrupted.removeEventListener('abort', onInterrupt);
    lost.removeEventListener('abort', onLost);
    await watch.end();
  }
}

/** Whether what runs is what was rendered, and answers. @returns why not. */
async function judge(
  { api, bundle, named, interrupted }: Session,
  { lost }: Lease,
  { objects }: Change,
  { before, deadline, notes }: { before: Baseline; deadline: number; notes: string[] },
): Promise<string | undefined> {
  try {
    const verified = await verify(api, named.namespace, objects, before);
    notes.push(...verified.notes);
    const faults = [...verified.faults];
    if (faults.length === 0) {
      const until = Math.min(deadline, Date.now() + SMOKE * 1000);
      faults.push(...(await smoke(bundle.inventory.smoke, { deadline: until, signal: interrupted })));
    }
    if (interrupted.aborted) return `interrupted by ${interrupted.reason}`;
    if (lost.aborted) return String(lost.reason);
    return faults.length > 0 ? faults.join('; ') : undefined;
  } catch (error) {
    return `could not be verified: ${(error as Error).message}`;
  }
}

/**
 * Writes down that what came after a revision did not do. Once before everything goes back, so that nobody takes it for
 * good if that breaks off, and once afterwards, because Helm writes its records anew and keeps no annotations.
 */
async function condemn({ api, named, print }: Session, known: number, reason: string, isRestored: boolean) {
  try {
    const releases = await readReleases(api, named.namespace, named.name);
    for (const release of releases.filter(({ revision }) => revision > known)) {
      if (isRestored && release.status === 'deployed') continue;
      await pronounce(api, named.namespace, release, 'failed', reason);
    }
  } catch (error) {
    print(`the reason could not be written into the history: ${(error as Error).message}`);
  }
}

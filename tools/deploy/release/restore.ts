import { setTimeout as pause } from 'node:timers/promises';
import type { Api } from '../api/client';
import { ApiError, Unreachable } from '../api/error';
import { whileFreeing } from '../rollout/stuck';
import { type Named, rollback, uninstall } from './helm';
import { isSettled, lastGood, type Release, readReleases } from './record';

/** Seconds that going back may take, the wait for a cluster that is away included. */
const DEADLINE = 300;

export interface Restored {
  /** What runs again; undefined where nothing ran before, and nothing does now. */
  readonly to: Release | undefined;
  /** Whether there was anything to take back. */
  readonly changed: boolean;
}

export interface Restoration {
  /** What to go back to; without it, what was made is removed, and claims stay. */
  readonly good: Release | undefined;
  /** Why, for the history. */
  readonly reason: string;
  print(line: string): void;
  /** What must hold before each attempt: the lease. */
  readonly beforehand?: () => Promise<void>;
}

/**
 * Puts an environment back to its last good release, whatever state the release that broke off is in: failed, pending,
 * or never recorded. Waits for a cluster that does not answer.
 * @throws Error with the reason where it did not come about within five minutes.
 */
export async function restore(
  api: Api,
  named: Named,
  { good, reason, print, beforehand = async () => undefined }: Restoration,
): Promise<Restored> {
  const until = performance.now() + DEADLINE * 1000;
  for (let told = '', said = ''; ; ) {
    const left = Math.ceil((until - performance.now()) / 1000);
    if (left <= 0) throw new Error(told || `nothing came about in ${DEADLINE} s`);
    try {
      await beforehand();
      const releases = await readReleases(api, named.namespace, named.name);
      const newest = releases.at(-1);
      if (newest === undefined || newest.status === 'uninstalled') return { to: undefined, changed: false };
      if (newest.revision === good?.revision && newest.status === 'deployed') return { to: good, changed: false };
      print(good ? `going back to revision ${good.revision}` : 'removing what this release made; claims stay');
      const { ended } = good ? rollback(named, good.revision, left) : uninstall(named, left, reason);
      const { namespace } = named;
      const { ok, reason: why } = await whileFreeing(ended, { api, namespace, objects: good?.objects ?? [], print });
      if (ok) return { to: good, changed: true };
      told = why;
    } catch (error) {
      // A server that just came back may refuse for a moment what it will allow.
      if (!(error instanceof Unreachable || error instanceof ApiError)) throw error;
      told = error.message;
    }
    if (said !== told) print(`not restored yet: ${told}`);
    said = told;
    await pause(1000);
  }
}

/**
 * Takes back what an earlier process left behind: a release that Helm calls pending because nobody ended it, or that
 * failed and was not taken back.
 * @returns every revision, as they stand afterwards.
 */
export async function recover(api: Api, named: Named, print: (line: string) => void): Promise<Release[]> {
  const releases = await readReleases(api, named.namespace, named.name);
  const newest = releases.at(-1);
  if (newest === undefined || isSettled(newest)) return releases;
  const reason = `revision ${newest.revision} was left ${newest.isBad ? 'unverified' : newest.status}`;
  print(`${reason}: whoever made it was stopped half-way`);
  await restore(api, named, { good: lastGood(releases), reason, print });
  return readReleases(api, named.namespace, named.name);
}

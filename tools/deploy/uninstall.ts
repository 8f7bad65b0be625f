import { Refused } from '../parse/parse';
import { type Session, withLease } from './carry';
import { deleteClaims, keptClaims } from './claims';
import { uninstall as helmUninstall } from './release/helm';
import { lastGood, pronounce } from './release/record';
import { recover } from './release/restore';

export interface UninstallOptions {
  /** Delete claims too, and what they hold. */
  readonly pruneData: boolean;
  /** Seconds to wait until everything is gone. */
  readonly timeout: number;
  ask(question: string): Promise<boolean>;
}

export interface Uninstalled {
  readonly environment: string;
  readonly result: 'uninstalled' | 'declined' | 'failed';
  /** Why it failed. */
  readonly reason?: string;
  /** What went: `Deployment chat/chat`. */
  readonly removed: readonly string[];
  /** Claims that stay. */
  readonly claims: readonly string[];
}

/**
 * Removes what the release of an environment made. The history stays, and so do claims, Secrets and the platform.
 * @throws Refused where there is no release.
 */
export async function uninstall(session: Session, { pruneData, timeout, ask }: UninstallOptions): Promise<Uninstalled> {
  const { api, bundle, named, print } = session;
  const { environment } = bundle;
  return withLease(session, async () => {
    const good = lastGood(await recover(api, named, print));
    if (!good)
      throw new Refused([
        `uninstall: ${environment} has no release on this cluster; expected one (\`slipway history ${environment}\`)`,
      ]);
    const removed = good.objects.map(({ kind, metadata }) => `${kind} ${named.namespace}/${metadata.name}`);
    const claims = await keptClaims(api, named.namespace, good.objects);
    for (const line of removed) print(`- ${line}`);
    for (const claim of claims)
      print(pruneData ? `- claim ${claim}, WITH ITS DATA` : `claim ${claim} stays, with its data`);
    if (!(await ask(`Remove these ${removed.length} objects of ${environment}?`))) {
      return { environment, result: 'declined', removed: [], claims };
    }
    await pronounce(api, named.namespace, good, 'ended', `uninstalled by ${session.by}`);
    const { ok, reason } = await helmUninstall(named, timeout, `uninstalled by ${session.by}`).ended;
    if (!ok) return { environment, result: 'failed', reason, removed: [], claims };
    if (pruneData) await deleteClaims(api, named.namespace, claims);
    return { environment, result: 'uninstalled', removed, claims: pruneData ? [] : claims };
  });
}

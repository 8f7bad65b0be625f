import { isDeepStrictEqual } from 'node:util';
import { Refused } from '../parse/parse';
import { identity } from '../render/order';
import { carryOut, type Session, withLease } from './carry';
import { checkTimeout, type DeployOptions, failed, type Outcome, outcome } from './deploy';
import { comparisonOf, isEqual, preview } from './live/preview';
import { rollback as helmRollback } from './release/helm';
import { lastGood, type Release } from './release/record';
import { recover } from './release/restore';

export type RollbackOptions = Pick<DeployOptions, 'dryRun' | 'timeout' | 'show' | 'ask'> & {
  /** Revision to go back to; default: the newest that ran as it should and holds something else than what runs now. */
  readonly revision?: number;
};

/**
 * Goes back to an earlier release, all of it: what came since goes, what went returns.
 * @throws Refused where there is no such release, or it failed.
 */
export async function rollback(session: Session, options: RollbackOptions): Promise<Outcome> {
  const { api, bundle, named } = session;
  return withLease(session, async (lease) => {
    const releases = await recover(api, named, session.print);
    const current = lastGood(releases);
    const to = chooseRevision(releases, current, options.revision);
    checkTimeout(to.objects, options.timeout);
    const stays = new Set(to.objects.map(identity));
    const gone = (current?.objects ?? []).filter((object) => !stays.has(identity(object)));
    const release = { name: named.name, namespace: named.namespace };
    const seen = await preview(api, to.objects, gone, { manager: 'helm', release });
    if (seen.refused.length > 0) throw new Refused(seen.refused);
    if (isEqual(seen)) return outcome(session, 'unchanged', { revision: to.revision, commit: to.commit });
    const changes = comparisonOf(bundle.environment, seen, bundle.platform);
    options.show(changes);
    if (options.dryRun) return outcome(session, 'dry-run', { changes });
    const question = `Go back to revision ${to.revision} (commit ${to.commit.slice(0, 12)}) of ${bundle.environment}?`;
    if (!(await options.ask(question)) || session.interrupted.aborted) return outcome(session, 'declined', { changes });
    const carried = await carryOut(session, lease, {
      start: () => helmRollback(named, to.revision, options.timeout),
      objects: to.objects,
      good: current,
      timeout: options.timeout,
    });
    if (!carried.ok) return failed(session, carried);
    return outcome(session, 'deployed', {
      revision: carried.revision,
      notes: carried.notes,
      commit: to.commit,
      changes,
    });
  });
}

/** @throws Refused naming what there is. */
export function chooseRevision(releases: readonly Release[], current: Release | undefined, asked?: number): Release {
  const ran = releases.filter(({ status, isBad }) => ['deployed', 'superseded'].includes(status) && !isBad);
  const others = ran.filter(({ objects }) => !isDeepStrictEqual(objects, current?.objects));
  const chosen = asked === undefined ? others.at(-1) : ran.find(({ revision }) => revision === asked);
  if (chosen) return chosen;
  const listed = others.map(({ revision }) => revision).join(', ') || 'none';
  const failedOne = releases.find(({ revision }) => revision === asked);
  throw new Refused([
    asked === undefined
      ? 'rollback: no earlier release ran and holds something else than what runs now; `slipway history` lists them'
      : `rollback: revision ${asked} ${failedOne ? `did not run (${failedOne.status}: ${failedOne.description})` : 'is not there'}; expected one of ${listed} (\`slipway history\`)`,
  ]);
}

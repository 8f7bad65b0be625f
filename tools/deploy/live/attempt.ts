import { canonical } from '../../diff/values';
import type { Manifest } from '../../render/order';
import type { Api, LiveObject } from '../api/client';
import { ApiError } from '../api/error';
import { type Conflict, conflictsOf, nameOf } from './conflicts';
import { marked, type Owner } from './owner';
import { lacksNamespace, refusalsOf } from './refusals';
import { promised, standing } from './standing';

/** What would become of one object. */
export interface Attempt {
  /** As it was asked for. */
  readonly object: Manifest;
  /** As it is; missing where there is nothing, or nobody may read it. */
  readonly live?: LiveObject;
  /** As it would stand; the same as before where it is refused. */
  readonly after?: Manifest;
  readonly conflicts: readonly Conflict[];
  readonly refusal?: { readonly code: number; readonly lines: readonly string[] };
  readonly warnings: readonly string[];
  /** Its namespace, where that is missing. */
  readonly without?: string;
  /** Whether the server let it be looked at; otherwise that nothing is there is not known. */
  readonly isRead: boolean;
}

/** How often an object is looked at again that changed between being read and being tried. */
const AGAIN = 3;

/**
 * Tries to apply an object, by a server-side dry run; over what other managers own, too, once they are known.
 * @throws Unreachable where the cluster does not answer; ApiError where it does not know who asks, or is too busy.
 */
export async function attempt(api: Api, object: Manifest, owner: Owner, again = AGAIN): Promise<Attempt> {
  const wanted = marked(object, owner);
  const dryRun = (force: boolean) =>
    orRefusal(() => api.apply(wanted, { manager: owner.manager, force, dryRun: true }));
  const [found, first] = await Promise.all([find(api, object), dryRun(false)]);
  const live = found instanceof ApiError ? undefined : found;
  const stays = { object, isRead: live === found, ...(live && { live, after: standing(live) }), warnings: [] };
  if (live?.metadata.deletionTimestamp !== undefined) {
    const line = `${nameOf(object)}: is being deleted since ${live.metadata.deletionTimestamp}; wait until it is gone`;
    return { ...stays, conflicts: [], refusal: { code: 409, lines: [line] } };
  }
  const conflicts = first instanceof ApiError ? conflictsOf(object, live, first) : [];
  const tried = conflicts.length > 0 ? await dryRun(true) : first;
  const answer = found instanceof ApiError ? found : tried;
  if (answer instanceof ApiError) {
    // What cannot be tried in a namespace that is not there yet is shown as it was written.
    return lacksNamespace(answer)
      ? { ...stays, after: standing(object), conflicts, without: object.metadata.namespace ?? 'default' }
      : { ...stays, conflicts, refusal: { code: answer.code, lines: refusalsOf(object, live, answer) } };
  }
  const after = promised(answer.value, wanted, live);
  // Where a controller wrote in between, what differs may be its work and not ours.
  const isTorn = live && live.metadata.resourceVersion !== answer.value.metadata.resourceVersion;
  if (isTorn && again > 0 && canonical(stays.after) !== canonical(after)) return attempt(api, object, owner, again - 1);
  return { ...stays, after, conflicts, warnings: answer.warnings.map((warning) => `${nameOf(object)}: ${warning}`) };
}

/** An object as it stands; undefined where it is not there. */
export const find = (api: Api, object: Manifest): Promise<LiveObject | undefined | ApiError> =>
  orRefusal(async () => api.find(await api.pathOf(object)));

/** What was asked for, or why the server refused this very object. */
async function orRefusal<Value>(ask: () => Promise<Value>): Promise<Value | ApiError> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ApiError && !isNobodysFault(error)) return error;
    throw error;
  }
}

/** Not signed in, too many requests, a server that is not up yet: nothing that an object could be blamed for. */
const isNobodysFault = ({ code }: ApiError): boolean => code === 401 || code === 429 || code === 503;

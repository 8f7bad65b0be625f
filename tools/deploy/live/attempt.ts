import type { Manifest } from '../../render/order';
import type { Answer, Api, LiveObject } from '../api/client';
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

/**
 * Tries to apply an object, by a server-side dry run; over what other managers own, too, once they are known.
 * @throws Unreachable where the cluster does not answer; ApiError where it does not know who asks, or is too busy.
 */
export async function attempt(api: Api, object: Manifest, owner: Owner): Promise<Attempt> {
  const wanted = marked(object, owner);
  const dryRun = (force: boolean) =>
    orRefusal(() => api.apply(wanted, { manager: owner.manager, force, dryRun: true }));
  const [found, tried] = await Promise.all([find(api, object), dryRun(false)]);
  const live = found instanceof ApiError ? undefined : found;
  const isRead = !(found instanceof ApiError) || lacksNamespace(found);
  const stays = { object, isRead, ...(live && { live, after: standing(live) }), warnings: [] };
  if (live?.metadata.deletionTimestamp !== undefined) {
    const line = `${nameOf(object)}: is being deleted since ${live.metadata.deletionTimestamp}; wait until it is gone`;
    return { ...stays, conflicts: [], refusal: { code: 409, lines: [line] } };
  }
  const conflicts = tried instanceof ApiError ? conflictsOf(object, live, tried) : [];
  const answer = conflicts.length > 0 ? await dryRun(true) : tried;
  const refused = found instanceof ApiError ? found : answer;
  if (!(refused instanceof ApiError)) return { ...stays, ...wouldStand(refused, wanted, live), conflicts };
  // What cannot be tried in a namespace that is not there yet is shown as it was written.
  if (lacksNamespace(refused)) {
    return { ...stays, after: standing(object), conflicts, without: object.metadata.namespace ?? 'default' };
  }
  return { ...stays, conflicts, refusal: { code: refused.code, lines: refusalsOf(object, live, refused) } };
}

const wouldStand = ({ value, warnings }: Answer<LiveObject>, wanted: Manifest, live: LiveObject | undefined) => ({
  after: promised(value, wanted, live),
  warnings: warnings.map((warning) => `${nameOf(wanted)}: ${warning}`),
});

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

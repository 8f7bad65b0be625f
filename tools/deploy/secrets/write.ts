import { Refused } from '../../parse/parse';
import type { Manifest } from '../../render/order';
import { type Api, MERGE } from '../api/client';
import { ApiError, Unreachable } from '../api/error';
import type { Change } from './plan';
import { type LiveSecret, MANAGER, OWED, secretPath } from './present';
import type { Values } from './value';

/** A change, and the workloads that have to be restarted for it. */
export interface Writing {
  readonly change: Change;
  readonly owed: readonly string[];
}

/** The whole Secret: what it held is part of it, or applying it would take that away. */
function manifestOf({ change: { present, secret, values }, owed }: Writing, namespace: string): Manifest {
  const manifest = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: secret.type,
    metadata: {
      name: secret.name,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': 'slipway' },
      ...(owed.length > 0 && { annotations: { [OWED]: owed.join(' ') } }),
      // Whoever changed it since we read it, wins.
      ...(present.live && { resourceVersion: present.live.metadata.resourceVersion }),
    },
    data: Object.fromEntries([...values].map(([key, value]) => [key, value.toString('base64')])),
  };
  return manifest;
}

/** Asks the server whether it would take it all. @throws Refused with each that it would not. */
export async function tryAll(api: Api, namespace: string, writings: readonly Writing[]): Promise<void> {
  const faults: string[] = [];
  for (const writing of writings) {
    try {
      await apply(api, namespace, writing, true);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      faults.push(`Secret ${writing.change.secret.name}: ${explain(error)}`);
    }
  }
  if (faults.length > 0) throw new Refused([...faults, 'Nothing was written.']);
}

/**
 * Writes one Secret.
 * @throws Unreachable where it is not known whether it was written.
 */
export async function write(api: Api, namespace: string, writing: Writing): Promise<void> {
  try {
    await apply(api, namespace, writing, false);
  } catch (error) {
    if (error instanceof Unreachable && (await isWritten(api, namespace, writing.change))) return;
    throw error instanceof ApiError ? new Error(explain(error)) : error;
  }
}

/** Notes on a Secret who still has to be restarted for it. */
export async function settle(api: Api, namespace: string, name: string, owed: readonly string[]): Promise<void> {
  await api.ask('PATCH', secretPath(namespace, name), {
    type: MERGE,
    query: { fieldManager: MANAGER },
    body: { metadata: { annotations: { [OWED]: owed.length > 0 ? owed.join(' ') : null } } },
  });
}

const apply = (api: Api, namespace: string, writing: Writing, dryRun: boolean) =>
  // What was made by hand is taken over; `lockedBy` refused what a controller keeps. A new one must not be there.
  api.apply(manifestOf(writing, namespace), {
    manager: MANAGER,
    force: writing.change.present.live !== undefined,
    dryRun,
  });

async function isWritten(api: Api, namespace: string, { secret: { name }, values }: Change): Promise<boolean> {
  try {
    const { data = {} } = await api.get<LiveSecret>(secretPath(namespace, name));
    return holds(data, values);
  } catch {
    return false;
  }
}

const holds = (data: Readonly<Record<string, string>>, values: Values): boolean =>
  [...values].every(([key, value]) => data[key] === value.toString('base64'));

const explain = ({ isConflict, message }: ApiError): string =>
  isConflict ? `${message}. Somebody changed it meanwhile; run the command again` : message;

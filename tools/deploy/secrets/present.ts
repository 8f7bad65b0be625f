import { Refused } from '../../parse/parse';
import type { ContractSecret } from '../../render/inventory';
import type { Api, LiveObject } from '../api/client';
import { isEmpty, type Values } from './value';

/** Field manager of everything that `slipway secrets` writes. */
export const MANAGER = 'slipway-secrets';
/** Workloads that still run with older values: written with the Secret, taken away when they were restarted. */
export const OWED = 'slipway.release/restart-owed';

export interface LiveSecret extends LiveObject {
  readonly type: string;
  readonly immutable?: boolean;
  readonly data?: Readonly<Record<string, string>>;
}

/** A Secret of the contract as the cluster has it, or has it not. */
export interface Present {
  readonly secret: ContractSecret;
  readonly live?: LiveSecret;
  /** What its keys hold, also those that are in no contract; an empty one holds nothing. */
  readonly values: Values;
  /** Workloads that an earlier change did not restart any more. */
  readonly owed: readonly string[];
}

export const secretPath = (namespace: string, name: string): string =>
  `/api/v1/namespaces/${namespace}/secrets/${name}`;

/**
 * Reads what the cluster has of a contract.
 * @throws Refused where the namespace is not there.
 */
export async function readPresent(
  api: Api,
  environment: string,
  namespace: string,
  contract: readonly ContractSecret[],
): Promise<Present[]> {
  if (!(await api.find(`/api/v1/namespaces/${namespace}`))) {
    throw new Refused([`namespace ${namespace}: is not there; expected \`slipway platform ${environment}\` before`]);
  }
  return Promise.all(
    contract.map(async (secret) => presentOf(secret, await api.find<LiveSecret>(secretPath(namespace, secret.name)))),
  );
}

export function presentOf(secret: ContractSecret, live?: LiveSecret): Present {
  const values = Object.entries(live?.data ?? {}).map(([key, text]) => [key, Buffer.from(text, 'base64')] as const);
  const owed = live?.metadata.annotations?.[OWED] ?? '';
  return {
    secret,
    live,
    values: new Map(values.filter(([, value]) => !isEmpty(value))),
    owed: owed.split(' ').filter((name) => name !== ''),
  };
}

/** Keys of the contract that hold nothing. */
export const missingOf = ({ secret, values }: Present): string[] =>
  Object.keys(secret.keys).filter((key) => !values.has(key));

/** Why a Secret that is there cannot be changed by us. */
export function lockedBy({ secret: { name, type }, live }: Present, namespace: string): string[] {
  if (!live) return [];
  if (live.type !== type) {
    return [
      `Secret ${name}: is of type ${live.type}, which never changes; expected ${type}. Delete it first: kubectl -n ${namespace} delete secret ${name}`,
    ];
  }
  if (live.immutable) {
    return [
      `Secret ${name}: is immutable; expected one that changes. Delete it first: kubectl -n ${namespace} delete secret ${name}`,
    ];
  }
  // What somebody made by hand is taken over; a controller would take it back.
  const owners = (live.metadata.managedFields ?? [])
    .filter(
      ({ manager = '', fieldsV1 }) =>
        !/^(kubectl|slipway|before-first-apply)/.test(manager) && fieldsV1?.['f:data'] !== undefined,
    )
    .map(({ manager }) => manager);
  return owners.length === 0
    ? []
    : [`Secret ${name}: is kept by ${owners.join(' and ')}; expected its values to be changed there`];
}

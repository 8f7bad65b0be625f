import type { ContractSecret } from '../../render/inventory';
import type { LiveObject } from '../api/client';
import { ApiError } from '../api/error';
import type { Bundle } from '../bundle';
import { hostsOf } from '../secrets/generate';
import { judgePair } from './certificate';
import { type Answer, type PreflightContext, platformStep, type Question } from './question';

export interface LiveSecret extends LiveObject {
  readonly type?: string;
  /** Values in base64. */
  readonly data?: Readonly<Record<string, string>>;
}

/** Every Secret of the contract is there with its type and its keys. Tells names, never values. */
export const secretsThere: Question = {
  name: 'secrets',
  ask: async ({ bundle, api }: PreflightContext): Promise<Answer> => {
    const answers = await Promise.all(
      bundle.inventory.secrets.map(async (wanted) => {
        try {
          const path = `/api/v1/namespaces/${bundle.namespace}/secrets/${wanted.name}`;
          return judgeSecret(bundle, wanted, await api.find<LiveSecret>(path), new Date());
        } catch (error) {
          if (!(error instanceof ApiError && error.code === 403)) throw error;
          return {
            faults: [
              `Secret ${wanted.name}: may not be read; expected the deployer to see its keys. ${platformStep(bundle)}`,
            ],
          };
        }
      }),
    );
    return {
      faults: answers.flatMap(({ faults }) => faults),
      notes: answers.flatMap(({ notes = [] }) => notes),
    };
  },
};

/** What stands against one Secret of the contract. */
export function judgeSecret(bundle: Bundle, wanted: ContractSecret, live: LiveSecret | undefined, now: Date): Answer {
  const next = `Next: \`slipway secrets ${bundle.environment}\``;
  const where = `Secret ${wanted.name}`;
  const readers = (key: string): string => `${(wanted.keys[key] ?? []).join(', ')} needs it`;
  const keys = Object.keys(wanted.keys);
  if (live === undefined) {
    return { faults: [`${where}: does not exist; expected type ${wanted.type} with ${keys.join(', ')}. ${next}`] };
  }
  const data = live.data ?? {};
  const faults = [
    ...(live.type === wanted.type
      ? []
      : [
          `${where}: is of type ${live.type}; expected ${wanted.type}. A type never changes: delete it, then make it anew. ${next}`,
        ]),
    ...keys.flatMap((key) => {
      const value = data[key];
      if (value === undefined) return [`${where}: has no key ${key}; expected one (${readers(key)}). ${next}`];
      return isEmpty(value) ? [`${where}: key ${key} is empty; expected a value (${readers(key)}). ${next}`] : [];
    }),
  ];
  if (faults.length > 0 || wanted.type !== 'kubernetes.io/tls') return { faults };
  const { faults: wrong, notes } = judgePair(
    decoded(data, 'tls.crt'),
    decoded(data, 'tls.key'),
    hostsOf(bundle.workloads, wanted.name),
    now,
  );
  return {
    faults: wrong.map((fault) => `${where}: ${fault}. ${next}`),
    notes: notes.map((note) => `${where}: ${note}`),
  };
}

/** A line end alone is what `echo` makes of nothing. */
const isEmpty = (base64: string): boolean => Buffer.from(base64, 'base64').toString('latin1').trim() === '';

const decoded = (data: Readonly<Record<string, string>>, key: string): string =>
  Buffer.from(data[key] ?? '', 'base64').toString('utf8');

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nearest, Refused } from '../../parse/parse';
import type { ContractSecret } from '../../render/inventory';
import { isEmpty } from './value';

/** A value for one key, and where it comes from. No message ever shows the value. */
export interface Given {
  readonly secret: string;
  readonly key: string;
  readonly value: Buffer;
  /** As a message names it: a variable, a file, `stdin`. */
  readonly from: string;
}

type Contract = readonly ContractSecret[];

const PREFIX = 'SLIPWAY_SECRET_';

/** Variable that gives a key: `SLIPWAY_SECRET_<SECRET>_<KEY>`, in capitals, `_` for everything but letters and digits. */
export const variableOf = (secret: string, key: string): string =>
  `${PREFIX}${`${secret}_${key}`.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;

/**
 * Values that variables give. A variable that stands for no key gives nothing: it may be another environment's; `notes`
 * names it.
 * @throws Refused where a variable stands for two keys.
 */
export function givenByVariables(
  contract: Contract,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly given: readonly Given[]; readonly notes: readonly string[] } {
  const byVariable = new Map<string, { secret: string; key: string }[]>();
  for (const { secret, key } of keysOf(contract)) {
    const variable = variableOf(secret, key);
    byVariable.set(variable, [...(byVariable.get(variable) ?? []), { secret, key }]);
  }
  const given: Given[] = [];
  const notes: string[] = [];
  const faults: string[] = [];
  for (const [from, value] of Object.entries(environment)) {
    if (!from.startsWith(PREFIX) || value === undefined) continue;
    const [first, ...others] = byVariable.get(from) ?? [];
    if (!first) {
      notes.push(`${from}: stands for no key of this environment; ${nearest(from, [...byVariable.keys()])}`);
    } else if (others.length > 0) {
      const keys = [first, ...others].map(({ secret, key }) => `${secret}/${key}`);
      faults.push(`${from}: stands for ${keys.join(' and ')}; expected these by --from or --stdin`);
    } else given.push({ ...first, value: Buffer.from(value), from });
  }
  if (faults.length > 0) throw new Refused(faults);
  return { given, notes };
}

/**
 * Values that the files `<folder>/<secret>/<key>` hold. One line break at the end of an Opaque one is no part of it:
 * editors and `echo` write it.
 * @throws Refused where a folder or file stands for nothing.
 */
export function givenByFolder(contract: Contract, folder: string): Given[] {
  const given: Given[] = [];
  const faults: string[] = [];
  for (const secret of namesIn(folder)) {
    const place = join(folder, secret);
    const known = contract.find(({ name }) => name === secret);
    if (!known) {
      faults.push(`${place}: ${unknownSecret(secret, contract)}`);
      continue;
    }
    for (const key of namesIn(place)) {
      const from = join(place, key);
      if (!(key in known.keys)) faults.push(`${from}: ${unknownKey(key, known)}`);
      else if (!statSync(from).isFile()) faults.push(`${from}: is no file; expected one with the value`);
      else given.push({ secret, key, from, value: withoutLineBreak(readFileSync(from), known.type) });
    }
  }
  if (faults.length > 0) throw new Refused(faults);
  return given;
}

/** @throws Refused where the text is not `{ "<secret>": { "<key>": "<value>" } }`, or names what there is not. */
export function givenByText(contract: Contract, text: string): Given[] {
  const given: Given[] = [];
  const faults: string[] = [];
  const secrets = readObject(text);
  if (!secrets) throw new Refused(['stdin: is no JSON object; expected { "<secret>": { "<key>": "<value>" } }']);
  for (const [secret, keys] of Object.entries(secrets)) {
    const known = contract.find(({ name }) => name === secret);
    if (!known) faults.push(`stdin.${secret}: ${unknownSecret(secret, contract)}`);
    else if (!isRecord(keys)) faults.push(`stdin.${secret}: is no object; expected { "<key>": "<value>" }`);
    else {
      for (const [key, value] of Object.entries(keys)) {
        const from = `stdin.${secret}.${key}`;
        if (!(key in known.keys)) faults.push(`${from}: ${unknownKey(key, known)}`);
        else if (typeof value !== 'string') faults.push(`${from}: is no text; expected the value in quotes`);
        else given.push({ secret, key, from: `stdin.${secret}.${key}`, value: Buffer.from(value) });
      }
    }
  }
  if (faults.length > 0) throw new Refused(faults);
  return given;
}

/**
 * Values of all sources together.
 * @throws Refused where one is empty, or two are for the same key.
 */
export function gather(sources: readonly (readonly Given[])[]): readonly Given[] {
  const all = sources.flat();
  const faults = all.flatMap(({ secret, key, value, from }, index) => {
    if (isEmpty(value)) return [`${from}: is empty; expected the value of ${secret}/${key}`];
    const other = all.slice(0, index).find((one) => one.secret === secret && one.key === key);
    return other ? [`${secret}/${key}: given by ${other.from} and by ${from}; expected one of them`] : [];
  });
  if (faults.length > 0) throw new Refused(faults);
  return all;
}

/** Every key of a contract. */
export const keysOf = (contract: Contract): { secret: string; key: string }[] =>
  contract.flatMap(({ name, keys }) => Object.keys(keys).map((key) => ({ secret: name, key })));

const unknownSecret = (name: string, contract: Contract): string =>
  `unknown Secret; ${nearest(
    name,
    contract.map((secret) => secret.name),
  )}`;

const unknownKey = (key: string, { name, keys }: ContractSecret): string =>
  `unknown key of ${name}; ${nearest(key, Object.keys(keys))}`;

/** Names in a folder, but those that no Secret and no key can have: `.git`, and the `..data` of a mounted Secret. */
function namesIn(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Refused([`${folder}: is no folder; expected <secret>/<key> below the folder of --from`]);
  }
  return readdirSync(folder)
    .filter((name) => !name.startsWith('..') && name !== '.git')
    .sort();
}

function withoutLineBreak(value: Buffer, type: string): Buffer {
  if (type !== 'Opaque' || value.at(-1) !== 0x0a) return value;
  return value.subarray(0, value.at(-2) === 0x0d ? -2 : -1);
}

/** What JSON says of a text that is none shows a piece of it, so that its words are not ours. */
function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

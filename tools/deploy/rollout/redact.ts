import { assignmentsIn } from '../../check/secrets/assignments';
import { HASHES, KEYS, REGISTRY_LOGINS, TOKENS, URLS } from '../../check/secrets/patterns';
import type { Api, LiveObject } from '../api/client';
import type { Bundle } from '../bundle';

/** Takes secrets out of a text. */
export type Redactor = (text: string) => string;

/** What stands where a secret stood. */
export const REDACTED = '[redacted]';

/** Shorter values and lines are words that stand everywhere, and open nothing. */
const SHORTEST = 4;
const SHORTEST_LINE = 8;

const SHAPES = [...KEYS, ...URLS, ...TOKENS, ...HASHES, ...REGISTRY_LOGINS];

/**
 * Makes a function that takes secrets out of a text: these values wherever they stand, as they are, quoted, in base64,
 * in URLs; and whatever looks like a credential of a known form.
 * @param values of Secrets, as a program reads them: bytes, which need not be a text.
 */
export function redactor(values: readonly Buffer[]): Redactor {
  const texts = values.flatMap((value) => linesOf(value.toString()));
  const forms = [...new Set([...values.flatMap(inBase64), ...texts.flatMap(formsOf)])].sort(
    (a, b) => b.length - a.length,
  );
  const known = forms.length > 0 ? new RegExp(forms.map(escaped).join('|'), 'g') : undefined;
  return (text) => withoutAssignments(withoutShapes(known ? text.replace(known, REDACTED) : text));
}

/** Knows every value of the contract's Secrets. @throws ApiError, Unreachable where one cannot be read. */
export async function contractRedactor(api: Api, { namespace, inventory }: Bundle): Promise<Redactor> {
  const secrets = await Promise.all(
    inventory.secrets.map(({ name }) =>
      api.find<LiveObject & { readonly data?: Readonly<Record<string, string>> }>(
        `/api/v1/namespaces/${namespace}/secrets/${name}`,
      ),
    ),
  );
  return redactor(
    secrets.flatMap((secret) => Object.values(secret?.data ?? {}).map((value) => Buffer.from(value, 'base64'))),
  );
}

/** A value, what is left of it without white space around, and its lines: a log breaks a key at its ends of lines. */
function linesOf(value: string): string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  return [
    ...[value, value.trim()].filter(({ length }) => length >= SHORTEST),
    ...(lines.length > 1 ? lines.filter(({ length }) => length >= SHORTEST_LINE) : []),
  ];
}

function formsOf(value: string): string[] {
  const inUrls = encodeURIComponent(value);
  const strict = inUrls.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  const quoted = JSON.stringify(value).slice(1, -1);
  return [
    value,
    quoted,
    ...[inUrls, strict, new URLSearchParams([['', value]]).toString().slice(1)].flatMap((form) => [
      form,
      form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ]),
    ...inBase64(Buffer.from(value)),
  ];
}

/**
 * How a value looks in base64: alone, and within something longer (`user:password`), where only the groups that it
 * fills itself are its own.
 */
function inBase64(bytes: Buffer): string[] {
  if (bytes.length < SHORTEST) return [];
  const within = [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const own = encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor(((offset + bytes.length) * 8) / 6));
    return own.length >= 2 * SHORTEST ? [own] : [];
  });
  return [bytes.toString('base64'), ...within].flatMap((form) => [
    form,
    form.replaceAll('+', '-').replaceAll('/', '_'),
  ]);
}

const withoutShapes = (text: string): string =>
  SHAPES.flatMap(({ find }) => [...find(text)])
    .sort((a, b) => b.length - a.length)
    .reduce((left, secret) => left.replaceAll(secret, REDACTED), text);

/** `password=…` of a log: only on its own line, because the value may be a word that stands elsewhere too. */
const withoutAssignments = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      assignmentsIn(line)
        .filter(({ value }) => !value.includes(REDACTED))
        .reduce((left, { value }) => left.replaceAll(value, REDACTED), line),
    )
    .join('\n');

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** What stands before the host of an address: whoever wrote a password there must not see it in a log. */
const CREDENTIALS = /\/\/[^@/\s]*@/g;

/** How the text of a setting is read. */
export interface Kind<Value> {
  /** What a person should write, as an error and `--help` say it. */
  readonly expects: string;
  readonly schema: z.ZodType<Value, string>;
}

/** One line of the table that a service is configured by. */
export interface Setting<Value> {
  readonly kind: Kind<Value>;
  /** What it means, with its unit. */
  readonly doc: string;
  /** Text that stands where nothing is set. A setting without it is optional. */
  readonly default?: string;
  /** Whether the value may never be shown. */
  readonly secret?: boolean;
}

/** Every setting of a service by the name of its variable. `NAME_FILE` names a file that holds the value instead. */
export type SettingTable = Readonly<Record<string, Setting<unknown>>>;

/** What the table reads: settings with a default are always there. */
export type Settings<Table extends SettingTable> = {
  readonly [Name in keyof Table]: Table[Name] extends Setting<infer Value>
    ? Table[Name] extends { readonly default: string }
      ? Value
      : Value | undefined
    : never;
};

/** Settings that a service must not start with: one fault a line. */
export class SettingsError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'SettingsError';
  }
}

export const text: Kind<string> = { expects: 'text', schema: z.string() };

export const integer = (least: number, most: number): Kind<number> => ({
  expects: `an integer of ${least}–${most}`,
  schema: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(least).max(most)),
});

export const port: Kind<number> = { ...integer(1, 65_535), expects: 'a port of 1–65535' };

export const flag: Kind<boolean> = {
  expects: 'true or false',
  schema: z.enum(['true', 'false']).transform((word) => word === 'true'),
};

export const choice = <const Word extends string>(...words: readonly [Word, ...Word[]]): Kind<Word> => ({
  expects: `one of ${words.join(', ')}`,
  schema: z.enum(words) as unknown as z.ZodType<Word, string>,
});

/** Items between commas. */
export const list = <Value>(kind: Kind<Value>): Kind<readonly Value[]> => ({
  expects: `${kind.expects}; several between commas`,
  schema: z
    .string()
    .transform((line) => line.split(',').map((item) => item.trim()))
    .pipe(z.array(kind.schema)),
});

/**
 * Reads a table from variables and the files that they name. An empty variable counts as unset; a newline at the end is not part of a value, wherever it stands.
 * @throws SettingsError with every fault, values of secrets left out.
 */
export function readSettings<Table extends SettingTable>(
  table: Table,
  variables: Readonly<Record<string, string | undefined>>,
): Settings<Table> {
  const faults: string[] = [];
  const entries = Object.entries(table).map(([name, setting]) => [name, readOne(name, setting, variables, faults)]);
  if (faults.length > 0) throw new SettingsError(faults);
  return Object.fromEntries(entries) as Settings<Table>;
}

function readOne(
  name: string,
  setting: Setting<unknown>,
  variables: Readonly<Record<string, string | undefined>>,
  faults: string[],
): unknown {
  const { value, origin, fault } = findText(name, variables);
  if (fault !== undefined) {
    faults.push(fault);
    return undefined;
  }
  const given = value ?? setting.default;
  if (given === undefined) return undefined;
  const parsed = setting.kind.schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const shown = setting.secret ? 'its value (not shown)' : `"${given.replace(CREDENTIALS, '//…@')}"`;
  faults.push(`${origin}: ${shown} is not what it must be; expected ${setting.kind.expects}. ${setting.doc}`);
  return undefined;
}

function findText(
  name: string,
  variables: Readonly<Record<string, string | undefined>>,
): { value?: string; origin: string; fault?: string } {
  const direct = variables[name]?.replace(/\r?\n$/, '') || undefined;
  const file = variables[`${name}_FILE`] || undefined;
  if (direct !== undefined && file !== undefined) {
    return { origin: name, fault: `${name}: set together with ${name}_FILE; expected one of the two. Remove one` };
  }
  if (file === undefined) return { value: direct, origin: name };
  try {
    const value = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    if (value !== '') return { value, origin: `${name}_FILE` };
    return { origin: name, fault: `${name}_FILE: ${file} is empty; expected the value of ${name}` };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      origin: name,
      fault: `${name}_FILE: cannot read ${file} (${code}); expected a file with the value of ${name}`,
    };
  }
}

/** The table as `--help` prints it. */
export function describeSettings(table: SettingTable): string {
  const rows = Object.entries(table).map(([name, { kind, default: standard, doc, secret }]) => {
    const standing = standard === undefined ? 'unset' : `default ${standard}`;
    return `  ${name}\n      ${doc}\n      ${kind.expects}; ${standing}${secret ? '; a secret, best given as a file' : ''}`;
  });
  return [
    'Settings are variables of the environment. NAME_FILE names a file that holds the value of NAME.',
    '',
    ...rows,
  ].join('\n');
}

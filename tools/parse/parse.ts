import { inspect } from 'node:util';
import { closest, distance } from 'fastest-levenshtein';
import * as z from 'zod';

/** Input that was refused: one line a fault, each with field, value, expectation and, where there is one, the next step. */
export class Refused extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'Refused';
  }
}

/**
 * Reads `value` by `schema`.
 * @param where the field that holds the value, as the user knows it: `production.hello`.
 * @throws Refused with a line for every fault; bad input changes nothing.
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, where: string): z.output<Schema> {
  const result = schema.safeParse(value, { error: describe });
  if (result.success) return result.data;
  throw new Refused(result.error.issues.flatMap((issue) => faultsOf(issue, where)));
}

/**
 * Runs every attempt, so that whoever mends a fault sees all of them.
 * @throws Refused with the faults of all that were refused; any other error at once.
 */
export function settle<Value>(attempts: readonly (() => Value)[]): Value[] {
  const faults: string[] = [];
  const values: Value[] = [];
  for (const attempt of attempts) {
    try {
      values.push(attempt());
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      faults.push(...error.faults);
    }
  }
  if (faults.length > 0) throw new Refused(faults);
  return values;
}

/** An object whose fields are all known and that nobody can change after it was read. */
export const fields = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape).readonly();

/** What reading fields gives, one by one: for functions that add a caller's fields to their own. */
export type Output<Shape extends z.ZodRawShape> = { readonly [Field in keyof Shape]: z.output<Shape[Field]> };

/** The end of a message about a name that nobody knows: the nearest one, or all of them where none is near. */
export function nearest(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'there is none';
  const near = closestName(name, known);
  return near === undefined ? `expected ${oneOf(known)}` : `did you mean \`${near}\`?`;
}

/** The known name that somebody may have meant; undefined where none is near. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const near = closest(name, [...known]);
  const tolerated = Math.min(Math.max(2, Math.floor(name.length / 3)), name.length - 1);
  return distance(name, near) <= tolerated ? near : undefined;
}

/** Values to choose from, as a message lists them. */
export function oneOf(values: readonly unknown[]): string {
  const names = values.map((value) => `\`${String(value)}\``);
  return names.length === 1 ? `${names[0]}` : `one of ${names.join(', ')}`;
}

/** What a fault is, without its field; the field stands before it. Refinements bring their own text. */
const describe: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : [];
      return issue.keys.map((key) => `unknown field \`${key}\`; ${nearest(key, known)}`).join('\n');
    }
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing; expected ${article(issue.expected)}`
        : `${show(issue.input)} is not ${article(issue.expected)}`;
    case 'invalid_value':
      return issue.input === undefined
        ? `is missing; expected ${oneOf(issue.values)}`
        : `${show(issue.input)}: ${nearest(String(issue.input), issue.values.map(String))}`;
    case 'invalid_union': {
      if (!issue.discriminator) return undefined;
      const given = (issue.input as Record<string, unknown>)[issue.discriminator];
      const known = Array.isArray(issue.options) ? issue.options.map(String) : [];
      return given === undefined
        ? `is missing; expected ${oneOf(known)}`
        : `${show(given)}: ${nearest(String(given), known)}`;
    }
    case 'invalid_key':
      return issue.issues.map(({ message }) => message).join('; ');
    case 'too_small':
      return `${show(issue.input)} is too small; expected at least ${counted(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `${show(issue.input)} is too large; expected at most ${counted(issue.maximum, issue.origin)}`;
    default:
      return undefined;
  }
};

/** A union without a discriminator fails as the alternative that came nearest: the one with the fewest faults. */
function faultsOf(issue: z.core.$ZodIssue, where: string): string[] {
  const path = [where, ...issue.path.map(String)].join('.');
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [best] = [...issue.errors].sort((a, b) => a.length - b.length);
    return (best ?? []).flatMap((inner) => faultsOf(inner, path));
  }
  // One line a fault: several unknown fields of one object are several faults. Values never bring a line of their own.
  return issue.message.split('\n').map((text) => `${path}: ${text}`);
}

/** A value as it stands in a message: on one line, whatever it is. */
export const show = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value) : inspect(value, { breakLength: Number.POSITIVE_INFINITY });

function article(type: string): string {
  const name = type === 'int' ? 'whole number' : type;
  return `${/^[aeio]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** What a bound counts: `1 entry`, `3 characters`, or nothing for a plain number. */
function counted(bound: number | bigint, origin: string): string {
  if (origin === 'string') return `${bound} character${bound === 1 ? '' : 's'}`;
  return origin === 'array' ? `${bound} ${bound === 1 ? 'entry' : 'entries'}` : String(bound);
}

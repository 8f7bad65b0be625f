import type * as z from 'zod';
import { parse } from '../../tools/parse/parse';
import { faultsOf } from './faults';

export const accepts = (schema: z.ZodType, value: unknown): boolean => schema.safeParse(value).success;

/** The line that a user reads; fails the test where the value is accepted. */
export function refusal(schema: z.ZodType, value: unknown): string {
  const [fault] = faultsOf(() => parse(schema, value, 'lab.field'));
  if (fault === undefined) throw new Error(`${String(value)} was accepted`);
  return fault;
}

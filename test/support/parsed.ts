import * as z from 'zod';
import { fields, parse } from '../../tools/parse/parse';
import { faultsOf } from './faults';

/** The faults that a value is refused with; none where it is read. */
export const faults = (schema: z.ZodType, value: unknown): readonly string[] =>
  faultsOf(() => parse(schema, value, 'lab.chat'));

export const app = fields({
  image: z.string(),
  replicas: z.number().int().min(1).max(9).optional(),
  pullPolicy: z.enum(['Always', 'IfNotPresent']).optional(),
  labels: z.record(z.string(), z.string()).readonly().optional(),
  ports: z
    .array(fields({ name: z.string().min(2).max(5), number: z.number() }))
    .min(1)
    .max(2)
    .readonly()
    .optional(),
});

export const storage = z.discriminatedUnion('provisioner', [
  fields({ provisioner: z.literal('local'), class: z.string() }),
  fields({ provisioner: z.literal('cluster') }),
]);

export const scale = z.union([fields({ min: z.number(), max: z.number() }), fields({ replicas: z.number() })]);

import * as z from 'zod';
import { size } from '../../tools/parse/fields';
import { type Output, parse } from '../../tools/parse/parse';
import type { Environment } from '../environments/schema';
import type { Entry, Workload } from '../environments/workload';
import { resources } from './workload';

/** What an environment says of any store: what it may use, and how large its volume is. */
const perEnvironment = { resources, storage: size };

type PerEnvironment = typeof perEnvironment;

/**
 * A store for environments to run: `export const redis = store('redis', {}, …)`, then `redis({ resources, storage })`.
 * @param own fields that this store adds to those of every store.
 */
export function store<Own extends z.ZodRawShape>(
  name: string,
  own: Own,
  declare: (props: Output<Own & PerEnvironment>, environment: Environment) => Omit<Workload, 'name' | 'tier'>,
) {
  const schema = z.strictObject({ ...own, ...perEnvironment });
  return (props: z.input<z.ZodObject<Own & PerEnvironment>>): Entry => ({
    name,
    declare: (environment) => {
      const given = parse(schema, props, `${environment.name}.${name}`) as Output<Own & PerEnvironment>;
      return { ...declare(given, environment), name, tier: 'store' };
    },
  });
}

import type * as z from 'zod';
import { parse, Refused } from '../tools/parse/parse';
import { addonFaults } from './rules/addons';
import { addressFaults } from './rules/addresses';
import { awsFaults } from './rules/aws';
import { machineFaults } from './rules/machines';
import { versionFaults } from './rules/versions';
import { type Cluster, clusterSchema } from './schema';

export type { Cluster } from './schema';

/**
 * Reads the specification of a cluster.
 * @throws Refused naming field, value and expectation; also where addresses, names or versions do not fit together.
 */
export function cluster(facts: z.input<typeof clusterSchema>): Cluster {
  const where = `cluster ${facts.name}`;
  const spec = parse(clusterSchema, facts, where);
  const faults = [
    ...versionFaults(where, spec),
    ...machineFaults(where, spec),
    ...addressFaults(where, spec),
    ...awsFaults(where, spec),
    ...addonFaults(where, spec),
  ];
  if (faults.length > 0) throw new Refused(faults);
  return spec;
}

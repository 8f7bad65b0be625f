import { UsageError } from '../../tools/cli/errors';
import { nearest } from '../../tools/parse/parse';
import type { Cluster } from '../spec';

/** A cluster of cluster/specs. @throws UsageError with the nearest name. */
export function clusterNamed(name: string): Cluster {
  const { clusters }: typeof import('../specs') = require('../specs');
  const found = clusters.find((cluster) => cluster.name === name);
  if (found) return found;
  const known = clusters.map((cluster) => cluster.name);
  throw new UsageError([`unknown cluster "${name}"; ${nearest(name, known)}`]);
}

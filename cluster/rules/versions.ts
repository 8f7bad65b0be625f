import { nearest } from '../../tools/parse/parse';
import type { Cluster } from '../schema';
import { VERSION_SETS } from '../versions';

/** Faults of a cluster's choice: a minor that nobody tested, or one without fixes that the cluster did not ask for. */
export function* versionFaults(where: string, { kubernetes: minor, profile }: Cluster): Generator<string> {
  const set = VERSION_SETS[minor];
  if (!set) {
    yield `${where}.kubernetes: "${minor}" is in no tested set; ${nearest(minor, Object.keys(VERSION_SETS))} (cluster/versions.ts)`;
  } else if (set.profile !== profile) {
    yield set.profile === 'seed'
      ? `${where}.kubernetes: "${minor}" gets no fixes since ${set.endOfLife}; expected a supported minor, or \`profile: 'seed'\` in the cluster, which says that this is known`
      : `${where}.profile: "${profile}" with Kubernetes ${minor}, which is supported; expected no profile`;
  }
}

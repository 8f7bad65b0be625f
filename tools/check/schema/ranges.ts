import { show } from '../../parse/parse';
import type { Check } from '../check';
import { leavesOf, tail } from './leaves';

/** First and last number that a field may hold (validation of Kubernetes 1.36). */
type Range = readonly [first: number, last: number];

const COUNT: Range = [0, 2 ** 31 - 1];
const POSITIVE: Range = [1, 2 ** 31 - 1];

const RANGES: Readonly<Record<string, Range>> = {
  activeDeadlineSeconds: POSITIVE,
  averageUtilization: POSITIVE,
  backoffLimit: COUNT,
  completions: COUNT,
  defaultMode: [0, 0o777],
  failureThreshold: POSITIVE,
  fsGroup: COUNT,
  initialDelaySeconds: COUNT,
  maxReplicas: POSITIVE,
  maxSkew: POSITIVE,
  minDomains: POSITIVE,
  minReadySeconds: COUNT,
  minReplicas: COUNT,
  mode: [0, 0o777],
  parallelism: COUNT,
  periodSeconds: POSITIVE,
  progressDeadlineSeconds: POSITIVE,
  replicas: COUNT,
  revisionHistoryLimit: COUNT,
  runAsGroup: COUNT,
  runAsUser: COUNT,
  stabilizationWindowSeconds: [0, 3600],
  successThreshold: POSITIVE,
  terminationGracePeriodSeconds: COUNT,
  timeoutSeconds: POSITIVE,
  ttlSecondsAfterFinished: COUNT,
  weight: [1, 100],
};

export const ranges: Check = {
  id: 'schema/ranges',
  what: 'Counts, seconds, ids and modes lie in the range that the API gives them.',
  why: 'To a schema -1 replicas are an integer like any other; the API server refuses the object.',
  exempt: 'Never.',
  judge: ({ set, report }) => {
    for (const object of set.objects) {
      for (const { path, value } of leavesOf(object)) {
        const range = RANGES[tail(path, 1)];
        if (!range || typeof value !== 'number' || (value >= range[0] && value <= range[1])) continue;
        report(
          object,
          path,
          `is ${show(value)}`,
          range[1] === COUNT[1] ? `at least ${range[0]}` : `${range[0]} to ${range[1]}`,
        );
      }
    }
  },
};

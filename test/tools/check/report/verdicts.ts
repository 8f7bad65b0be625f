import type { Finding } from '../../../../tools/check/check';
import type { Verdict } from '../../../../tools/check/run';

/** A finding, the same each time but for these fields. */
export const finding = (fields: Partial<Finding> = {}): Finding => ({
  check: 'area/name',
  object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'chat' },
  file: 'dist/lab/a.yaml',
  line: 3,
  path: 'spec.selector',
  wrong: 'selects no pod',
  right: 'labels that a pod carries',
  ...fields,
});

/** A verdict on five objects: nothing to say, but for these fields. */
export const verdict = (fields: Partial<Verdict>): Verdict => ({
  folder: 'dist/lab',
  objects: 5,
  findings: [],
  exempted: [],
  unanswered: [],
  ...fields,
});

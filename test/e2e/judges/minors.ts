import { type Path, showPath } from '../../../tools/manifests/yaml';
import type { Environment, Fault } from './judge';
import type { OpenApi } from './openapi';
import { withChanges, withObject } from './subjects';

/** A minor of Kubernetes to judge by. */
export interface Minor {
  readonly minor: string;
  /** Its schemas, where the tool does not bring them. */
  readonly openApi?: OpenApi;
  readonly faults: readonly Fault<Environment>[];
}

/** Newest minor whose schemas the tool brings; it would ask GitHub for others. */
export const NEWEST_EMBEDDED = '1.35';

/**
 * The minors that are judged by: the oldest that is promised, the newest that the tool brings, the one that is deployed.
 * Each has a fault that another of them takes: those schemas judge, and no others.
 */
export const minors = (sample: Environment, deployed: OpenApi): readonly Minor[] => [
  {
    minor: '1.28',
    faults: [
      podFault(
        sample,
        'a pause before a container stops, which came later',
        ['containers', 0, 'lifecycle'],
        { preStop: { sleep: { seconds: 5 } } },
        ['preStop', 'sleep'],
      ),
    ],
  },
  {
    minor: NEWEST_EMBEDDED,
    faults: [podFault(sample, 'a field of the next minor', ['schedulingGroup'], { podGroupName: 'planted' })],
  },
  {
    minor: deployed.minor,
    openApi: deployed,
    faults: [
      podFault(sample, 'a field that the minor dropped', ['workloadRef'], { name: 'planted', podGroup: 'planted' }),
      {
        title: 'a custom resource with a field that its definition has not',
        rule: 'spec.autoAsign',
        plant: (folder) => withObject(sample, folder, POOL),
      },
      {
        title: 'a kind that the minor dropped',
        rule: 'removed kind',
        plant: (folder) => withObject(sample, folder, DROPPED),
      },
    ],
  },
];

/**
 * A field of a pod that a minor does not know.
 * @param below where the unknown field stands in the value; by default the field is unknown itself.
 */
function podFault(
  sample: Environment,
  title: string,
  field: Path,
  value: unknown,
  below: Path = [],
): Fault<Environment> {
  const path = ['spec', 'template', 'spec', ...field];
  return {
    title,
    rule: showPath([...path, ...below]),
    plant: (folder) => withChanges(sample, folder, 'Deployment', [path, value]),
  };
}

const POOL = {
  apiVersion: 'metallb.io/v1beta1',
  kind: 'IPAddressPool',
  metadata: { name: 'planted', namespace: 'planted' },
  spec: { addresses: ['192.0.2.0/29'], autoAsign: true },
};

const DROPPED = {
  apiVersion: 'scheduling.k8s.io/v1alpha1',
  kind: 'Workload',
  metadata: { name: 'planted', namespace: 'planted' },
  spec: { podGroups: [{ name: 'planted', policy: { basic: {} } }] },
};

import { isDeepStrictEqual } from 'node:util';
import { amount } from '../parse/quantity';
import type { Manifest } from '../render/order';
import { GROUPS, groupOf, type Kind } from './kinds';
import { valueAt } from './pods';
import type { Path } from './yaml';

/** A field that the API server refuses to change. */
export interface ImmutableChange {
  readonly path: Path;
  readonly before: unknown;
  readonly after: unknown;
  /** Half a sentence: why the API refuses, and what it would take. */
  readonly why: string;
}

/** A field that is fixed when its object is made. */
interface Fixed {
  readonly path: Path;
  readonly why: string;
  /** What the API server reads where the field is missing. */
  readonly byDefault?: unknown;
  /** Changes that are let through all the same. */
  readonly allowed?: (before: unknown, after: unknown) => boolean;
}

const SELECTOR = 'a selector says which pods are whose; another one would orphan those that run';
const CLAIM = 'a claim is bound to its volume as it was asked for';
const BOUND = 'volumes that exist were made by it';

const selector: Fixed = { path: ['spec', 'selector'], why: SELECTOR };
const onceSet = (before: unknown): boolean => before === undefined;

/** Fields of a StatefulSet's spec that may change; all others are fixed (apps/v1 validation). */
const STATEFUL_SET_MAY_CHANGE = [
  'minReadySeconds',
  'ordinals',
  'persistentVolumeClaimRetentionPolicy',
  'replicas',
  'revisionHistoryLimit',
  'template',
  'updateStrategy',
];

/** Fields of a PersistentVolume's spec that are not its source. */
const NOT_A_SOURCE = [
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
];

const FIXED: Partial<Readonly<Record<Kind, readonly Fixed[]>>> = {
  ClusterRoleBinding: [roleRef()],
  ConfigMap: frozenData(),
  DaemonSet: [selector],
  Deployment: [selector],
  IngressClass: [{ path: ['spec', 'controller'], why: 'a class belongs to its controller' }],
  Job: [
    { path: ['spec', 'template'], why: 'a Job runs once; make one of another name' },
    selector,
    { path: ['spec', 'completionMode'], byDefault: 'NonIndexed', why: 'a Job runs once' },
    { path: ['spec', 'podFailurePolicy'], why: 'a Job runs once' },
    { path: ['spec', 'managedBy'], why: 'a Job belongs to its controller' },
  ],
  PersistentVolumeClaim: [
    ...['accessModes', 'dataSource', 'dataSourceRef', 'selector', 'storageClassName', 'volumeMode', 'volumeName'].map(
      (field): Fixed => ({ path: ['spec', field], why: CLAIM, allowed: field === 'volumeName' ? onceSet : undefined }),
    ),
    {
      path: ['spec', 'resources', 'requests', 'storage'],
      why: 'a volume grows and never shrinks',
      allowed: (before, after) => (amount(String(after)) ?? 0) >= (amount(String(before)) ?? 0),
    },
  ],
  PriorityClass: [
    { path: ['value'], why: 'pods that run carry it' },
    { path: ['preemptionPolicy'], byDefault: 'PreemptLowerPriority', why: 'pods that run carry it' },
  ],
  ReplicaSet: [selector],
  RoleBinding: [roleRef()],
  Secret: [...frozenData(), { path: ['type'], byDefault: 'Opaque', why: 'readers rely on the keys of its type' }],
  Service: [
    {
      path: ['spec', 'clusterIP'],
      why: 'the address was handed out; delete the Service and make it anew',
      // A missing one keeps what was allocated.
      allowed: (before, after) => after === undefined && before !== 'None',
    },
    { path: ['spec', 'loadBalancerClass'], why: 'a load balancer belongs to its controller', allowed: onceSet },
  ],
  StorageClass: [
    { path: ['provisioner'], why: BOUND },
    { path: ['parameters'], why: BOUND },
    { path: ['reclaimPolicy'], byDefault: 'Delete', why: BOUND },
    { path: ['volumeBindingMode'], byDefault: 'Immediate', why: BOUND },
  ],
};

/** Values that stand for a missing field of a StatefulSet. */
const STATEFUL_SET_DEFAULTS: Readonly<Record<string, unknown>> = { podManagementPolicy: 'OrderedReady' };

function roleRef(): Fixed {
  return { path: ['roleRef'], why: 'a binding of another role is another binding; give it another name' };
}

/** ConfigMaps and Secrets with `immutable: true` keep what they hold. */
function frozenData(): Fixed[] {
  return ['data', 'binaryData', 'stringData', 'immutable'].map((field) => ({
    path: [field],
    why: 'it was made with `immutable: true`; give the new one another name',
  }));
}

/** Fields that differ between two versions of one object and that the API server refuses to change. */
export function immutableChanges(before: Manifest, after: Manifest): ImmutableChange[] {
  const kind = after.kind as Kind;
  if (GROUPS[kind] !== groupOf(after.apiVersion)) return [];
  return fixedFields(kind, before, after).flatMap(({ path, why, byDefault, allowed }) => {
    const [was, is] = [valueAt(before, path) ?? byDefault, valueAt(after, path) ?? byDefault];
    return isDeepStrictEqual(was, is) || allowed?.(was, is) ? [] : [{ path, before: was, after: is, why }];
  });
}

function fixedFields(kind: Kind, before: Manifest, after: Manifest): readonly Fixed[] {
  const inSpec = [...new Set([before, after].flatMap((object) => Object.keys(valueAt(object, ['spec']) ?? {})))];
  switch (kind) {
    case 'StatefulSet':
      return inSpec
        .filter((field) => !STATEFUL_SET_MAY_CHANGE.includes(field))
        .map((field) => ({
          path: ['spec', field],
          byDefault: STATEFUL_SET_DEFAULTS[field],
          why: 'a StatefulSet keeps it for life; delete it with --cascade=orphan and make it anew, its pods and claims stay',
        }));
    case 'PersistentVolume':
      return [
        ...inSpec
          .filter((field) => !NOT_A_SOURCE.includes(field))
          .map((field): Fixed => ({ path: ['spec', field], why: 'it is where the data lies' })),
        { path: ['spec', 'nodeAffinity'], why: 'it is where the data lies', allowed: onceSet },
        { path: ['spec', 'volumeMode'], byDefault: 'Filesystem', why: 'the data was written in it' },
      ];
    case 'ConfigMap':
    case 'Secret':
      return (FIXED[kind] ?? []).filter(({ path }) => path[0] === 'type' || valueAt(before, ['immutable']) === true);
    default:
      return FIXED[kind] ?? [];
  }
}

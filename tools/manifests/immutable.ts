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
    { path: ['spec', 'completions'], why: 'a Job runs once' },
    { path: ['spec', 'completionMode'], why: 'a Job runs once' },
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
    { path: ['preemptionPolicy'], why: 'pods that run carry it' },
  ],
  ReplicaSet: [selector],
  RoleBinding: [roleRef()],
  Secret: [...frozenData(), { path: ['type'], why: 'readers rely on the keys of its type' }],
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
    { path: ['reclaimPolicy'], why: BOUND },
    { path: ['volumeBindingMode'], why: BOUND },
  ],
};

/** What the API server fills in where a field of that name is missing: to write it out changes nothing. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  apiGroup: 'rbac.authorization.k8s.io',
  apiVersion: 'v1',
  completionMode: 'NonIndexed',
  completions: 1,
  defaultMode: 0o644,
  dnsPolicy: 'ClusterFirst',
  enableServiceLinks: true,
  failureThreshold: 3,
  kind: 'PersistentVolumeClaim',
  periodSeconds: 10,
  podManagementPolicy: 'OrderedReady',
  preemptionPolicy: 'PreemptLowerPriority',
  protocol: 'TCP',
  reclaimPolicy: 'Delete',
  schedulerName: 'default-scheduler',
  scheme: 'HTTP',
  successThreshold: 1,
  terminationGracePeriodSeconds: 30,
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  timeoutSeconds: 1,
  type: 'Opaque',
  volumeBindingMode: 'Immediate',
  volumeMode: 'Filesystem',
};

/** Fields that hold quantities by name: `1Gi` is `1024Mi`. */
const QUANTITIES = ['limits', 'requests'];

/** Fields whose keys and values are their author's own words. */
const OWN_WORDS = ['annotations', 'binaryData', 'data', 'labels', 'matchLabels', 'parameters', 'stringData'];

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
  return fixedFields(kind, before, after).flatMap(({ path, why, allowed }) => {
    const [was, is] = [valueAt(before, path), valueAt(after, path)];
    const field = String(path.at(-1));
    const [meantBefore, meantAfter] = [meant(field, was), meant(field, is)];
    if (isDeepStrictEqual(meantBefore, meantAfter) || allowed?.(meantBefore, meantAfter)) return [];
    return [{ path, before: was, after: is, why }];
  });
}

/** A field as the API server compares it: without what says nothing, quantities as numbers. */
function meant(field: string, value: unknown): unknown {
  if (value === DEFAULTS[field] || value === '' || value === false) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((item) => meant('', item));
  if (typeof value !== 'object' || value === null || OWN_WORDS.includes(field)) return value;
  const fields = Object.entries(value).flatMap(([key, inner]) => {
    const quantity = QUANTITIES.includes(field) ? amount(String(inner)) : undefined;
    const said = quantity ?? (key === 'status' ? undefined : meant(key, inner));
    return said === undefined ? [] : [[key, said] as const];
  });
  return fields.length === 0 ? undefined : Object.fromEntries(fields);
}

function fixedFields(kind: Kind, before: Manifest, after: Manifest): readonly Fixed[] {
  const inSpec = [...new Set([before, after].flatMap((object) => Object.keys(valueAt(object, ['spec']) ?? {})))];
  switch (kind) {
    case 'StatefulSet':
      return inSpec
        .filter((field) => !STATEFUL_SET_MAY_CHANGE.includes(field))
        .map((field) => ({
          path: ['spec', field],
          why: 'a StatefulSet keeps it for life; delete it with --cascade=orphan and make it anew, its pods and claims stay',
        }));
    case 'PersistentVolume':
      return [
        ...inSpec
          .filter((field) => !NOT_A_SOURCE.includes(field))
          .map((field): Fixed => ({ path: ['spec', field], why: 'it is where the data lies' })),
        { path: ['spec', 'nodeAffinity'], why: 'it is where the data lies', allowed: onceSet },
        { path: ['spec', 'volumeMode'], why: 'the data was written in it' },
      ];
    case 'Job':
      // An indexed Job may grow and shrink.
      return (FIXED.Job ?? []).filter(
        ({ path }) => path[1] !== 'completions' || valueAt(after, ['spec', 'completionMode']) !== 'Indexed',
      );
    case 'Service':
      // One that is only a name in DNS has no address.
      return [before, after].some((service) => valueAt(service, ['spec', 'type']) === 'ExternalName')
        ? []
        : (FIXED.Service ?? []);
    case 'ConfigMap':
    case 'Secret':
      return (FIXED[kind] ?? []).filter(({ path }) => path[0] === 'type' || valueAt(before, ['immutable']) === true);
    default:
      return FIXED[kind] ?? [];
  }
}

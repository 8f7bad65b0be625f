import { immutableChanges } from '../../../tools/manifests/immutable';
import { showPath } from '../../../tools/manifests/yaml';
import type { Manifest } from '../../../tools/render/order';
import {
  clusterWide,
  cronJob,
  daemonSet,
  deployment,
  job,
  object,
  service,
  statefulSet,
  template,
} from '../check/references/samples';

/** Paths that the API server refuses to change. */
const refused = (before: Manifest, after: Manifest) =>
  immutableChanges(before, after).map(({ path }) => showPath(path));

const other = { selector: { matchLabels: { app: 'other' } } };
const claims = (...specs: object[]) =>
  statefulSet('db', {}, { volumeClaimTemplates: specs.map((spec) => ({ metadata: { name: 'data' }, spec })) });
const size = (storage: string) => ({ resources: { requests: { storage } } });
const claim = (spec: object) => object('v1', 'PersistentVolumeClaim', 'data', { spec });
const volume = (spec: object) => clusterWide('v1', 'PersistentVolume', 'disk', { spec });
const binding = (kind: string, roleRef: object, rest: object = {}) =>
  object('rbac.authorization.k8s.io/v1', kind, 'b', { roleRef, ...rest });
const storageClass = (fields: object) => clusterWide('storage.k8s.io/v1', 'StorageClass', 'fast', fields);
const frozen = (kind: string, rest: object) => object('v1', kind, 'a', { immutable: true, ...rest });
const priority = (fields: object) =>
  clusterWide('scheduling.k8s.io/v1', 'PriorityClass', 'high', { value: 1, ...fields });
const set = (spec: object) => statefulSet('db', {}, spec);
const once = (spec: object, pod: object = {}) => job('one', pod, spec);

describe('a change that the API server refuses', () => {
  it.each<[string, Manifest, Manifest, string]>([
    ['the selector of a Deployment', deployment('a'), deployment('a', {}, other), 'spec.selector'],
    ['the selector of a DaemonSet', daemonSet('a'), daemonSet('a', {}, other), 'spec.selector'],
    [
      'the selector of a ReplicaSet',
      object('apps/v1', 'ReplicaSet', 'a', { spec: {} }),
      object('apps/v1', 'ReplicaSet', 'a', { spec: other }),
      'spec.selector',
    ],
    ['the selector of a StatefulSet', set({}), set(other), 'spec.selector'],
    ['the Service of a StatefulSet', set({ serviceName: 'a' }), set({ serviceName: 'b' }), 'spec.serviceName'],
    ['the Service that a StatefulSet did not have', set({}), set({ serviceName: 'b' }), 'spec.serviceName'],
    ['the Service that a StatefulSet has no longer', set({ serviceName: 'a' }), set({}), 'spec.serviceName'],
    [
      'the order of the pods of a StatefulSet',
      set({}),
      set({ podManagementPolicy: 'Parallel' }),
      'spec.podManagementPolicy',
    ],
    ['the size of the claims of a StatefulSet', claims(size('1Gi')), claims(size('2Gi')), 'spec.volumeClaimTemplates'],
    [
      'the class of the claims of a StatefulSet',
      claims(size('1Gi')),
      claims({ ...size('1Gi'), storageClassName: 'fast' }),
      'spec.volumeClaimTemplates',
    ],
    ['one claim more of a StatefulSet', claims({}), claims({}, {}), 'spec.volumeClaimTemplates'],
    ...['labels', 'annotations'].map((field): [string, Manifest, Manifest, string] => [
      `empty ${field} of the claims of a StatefulSet`,
      statefulSet('db', {}, { volumeClaimTemplates: [{ metadata: { [field]: { a: '', b: '1' } } }] }),
      statefulSet('db', {}, { volumeClaimTemplates: [{ metadata: { [field]: { b: '1' } } }] }),
      'spec.volumeClaimTemplates',
    ]),
    [
      'an empty label of a selector',
      deployment('a', {}, { selector: { matchLabels: { a: '', b: '1' } } }),
      deployment('a', {}, { selector: { matchLabels: { b: '1' } } }),
      'spec.selector',
    ],
    [
      'an empty argument of a Job',
      once({}, { containers: [{ args: ['a', ''] }] }),
      once({}, { containers: [{ args: ['a'] }] }),
      'spec.template',
    ],
    ...['binaryData', 'data', 'stringData'].map((field): [string, Manifest, Manifest, string] => [
      `an empty key in ${field} of a Secret that is immutable`,
      frozen('Secret', { [field]: { a: '' } }),
      frozen('Secret', { [field]: {} }),
      field,
    ]),
    [
      'the role of a binding',
      binding('RoleBinding', { kind: 'Role', name: 'a' }),
      binding('RoleBinding', { kind: 'Role', name: 'b' }),
      'roleRef',
    ],
    [
      'the kind of role of a binding',
      binding('ClusterRoleBinding', { kind: 'Role', name: 'a' }),
      binding('ClusterRoleBinding', { kind: 'ClusterRole', name: 'a' }),
      'roleRef',
    ],
    [
      'the address of a Service',
      service('a', { clusterIP: '10.96.0.10' }),
      service('a', { clusterIP: '10.96.0.11' }),
      'spec.clusterIP',
    ],
    ['a Service that becomes headless', service('a'), service('a', { clusterIP: 'None' }), 'spec.clusterIP'],
    ['a Service that is headless no longer', service('a', { clusterIP: 'None' }), service('a'), 'spec.clusterIP'],
    [
      'the class of a load balancer',
      service('a', { loadBalancerClass: 'x' }),
      service('a', { loadBalancerClass: 'y' }),
      'spec.loadBalancerClass',
    ],
    ['the image of a Job', once({}), once({}, { containers: [{ name: 'main', image: 'other' }] }), 'spec.template'],
    ['the selector of a Job', once({}), once(other), 'spec.selector'],
    ['how often a Job runs', once({ completions: 2 }), once({ completions: 3 }), 'spec.completions'],
    ['how a Job counts', once({}), once({ completionMode: 'Indexed' }), 'spec.completionMode'],
    [
      'what a Job makes of failures',
      once({}),
      once({ podFailurePolicy: { rules: [{ action: 'Ignore' }] } }),
      'spec.podFailurePolicy',
    ],
    ['who carries out a Job', once({ managedBy: 'a' }), once({ managedBy: 'b' }), 'spec.managedBy'],
    [
      'the provisioner of a storage class',
      storageClass({ provisioner: 'a' }),
      storageClass({ provisioner: 'b' }),
      'provisioner',
    ],
    [
      'the parameters of a storage class',
      storageClass({ parameters: { type: 'gp2' } }),
      storageClass({ parameters: { type: 'gp3' } }),
      'parameters',
    ],
    [
      'an empty parameter of a storage class',
      storageClass({ parameters: { type: 'gp2', fs: '' } }),
      storageClass({ parameters: { type: 'gp2' } }),
      'parameters',
    ],
    ['what a storage class keeps', storageClass({}), storageClass({ reclaimPolicy: 'Retain' }), 'reclaimPolicy'],
    [
      'when a storage class binds',
      storageClass({}),
      storageClass({ volumeBindingMode: 'WaitForFirstConsumer' }),
      'volumeBindingMode',
    ],
    [
      'where a volume lies',
      volume({ hostPath: { path: '/a' } }),
      volume({ hostPath: { path: '/b' } }),
      'spec.hostPath',
    ],
    [
      'the nodes of a volume',
      volume({ nodeAffinity: { required: { a: 1 } } }),
      volume({ nodeAffinity: { required: { a: 2 } } }),
      'spec.nodeAffinity',
    ],
    ['the mode of a volume', volume({}), volume({ volumeMode: 'Block' }), 'spec.volumeMode'],
    [
      'how a claim is accessed',
      claim({ accessModes: ['ReadWriteOnce'] }),
      claim({ accessModes: ['ReadWriteMany'] }),
      'spec.accessModes',
    ],
    [
      'the class of a claim',
      claim({ storageClassName: 'a' }),
      claim({ storageClassName: 'b' }),
      'spec.storageClassName',
    ],
    ['the volume of a claim', claim({ volumeName: 'a' }), claim({ volumeName: 'b' }), 'spec.volumeName'],
    ['the mode of a claim', claim({}), claim({ volumeMode: 'Block' }), 'spec.volumeMode'],
    ['the selector of a claim', claim({}), claim({ selector: { matchLabels: { a: 'b' } } }), 'spec.selector'],
    [
      'the origin of a claim',
      claim({}),
      claim({ dataSource: { kind: 'VolumeSnapshot', name: 'a' } }),
      'spec.dataSource',
    ],
    [
      'the origin of a claim, named in the new way',
      claim({}),
      claim({ dataSourceRef: { kind: 'VolumeSnapshot', name: 'a' } }),
      'spec.dataSourceRef',
    ],
    ['the size of a claim that shrinks', claim(size('2Gi')), claim(size('1Gi')), 'spec.resources.requests.storage'],
    [
      'the size of a claim that is asked for no longer',
      claim(size('2Gi')),
      claim({}),
      'spec.resources.requests.storage',
    ],
    ['the value of a priority class', priority({}), priority({ value: 2 }), 'value'],
    ['whom a priority class drives away', priority({}), priority({ preemptionPolicy: 'Never' }), 'preemptionPolicy'],
    [
      'the controller of an ingress class',
      clusterWide('networking.k8s.io/v1', 'IngressClass', 'a', { spec: { controller: 'a' } }),
      clusterWide('networking.k8s.io/v1', 'IngressClass', 'a', { spec: { controller: 'b' } }),
      'spec.controller',
    ],
    [
      'the data of a ConfigMap that is immutable',
      frozen('ConfigMap', { data: { a: '1' } }),
      frozen('ConfigMap', { data: { a: '2' } }),
      'data',
    ],
    [
      'the binary data of a ConfigMap that is immutable',
      frozen('ConfigMap', {}),
      frozen('ConfigMap', { binaryData: { a: 'AA==' } }),
      'binaryData',
    ],
    [
      'an empty key of a ConfigMap that is immutable',
      frozen('ConfigMap', { data: { a: '' } }),
      frozen('ConfigMap', {}),
      'data',
    ],
    ['that a ConfigMap is immutable', frozen('ConfigMap', {}), object('v1', 'ConfigMap', 'a'), 'immutable'],
    [
      'the data of a Secret that is immutable',
      frozen('Secret', { stringData: { a: '1' } }),
      frozen('Secret', { stringData: { a: '2' } }),
      'stringData',
    ],
    [
      'the type of a Secret',
      object('v1', 'Secret', 'a'),
      object('v1', 'Secret', 'a', { type: 'kubernetes.io/tls' }),
      'type',
    ],
  ])('is found: %s', (_, before, after, path) => {
    expect(refused(before, after)).toEqual([path]);
  });

  it('tells what was, what is, and why', () => {
    expect(immutableChanges(set({ serviceName: 'a' }), set({ serviceName: 'b' }))).toEqual([
      {
        path: ['spec', 'serviceName'],
        before: 'a',
        after: 'b',
        why: 'a StatefulSet keeps it for life; delete it with --cascade=orphan and make it anew, its pods and claims stay',
      },
    ]);
  });
});

describe('a change that the API server takes', () => {
  const labels = (entries: [string, string][]) => ({ selector: { matchLabels: Object.fromEntries(entries) } });

  it.each<[string, Manifest, Manifest]>([
    ['nothing', deployment('a'), deployment('a')],
    ['nothing, in a list with a hole', once({}, { containers: [null] }), once({}, { containers: [null] })],
    [
      'the order of keys',
      deployment(
        'a',
        {},
        labels([
          ['a', '1'],
          ['b', '2'],
        ]),
      ),
      deployment(
        'a',
        {},
        labels([
          ['b', '2'],
          ['a', '1'],
        ]),
      ),
    ],
    ['replicas and template of a Deployment', deployment('a'), deployment('a', { containers: [] }, { replicas: 3 })],
    ...[
      'minReadySeconds',
      'ordinals',
      'persistentVolumeClaimRetentionPolicy',
      'replicas',
      'revisionHistoryLimit',
      'template',
      'updateStrategy',
    ].map((field): [string, Manifest, Manifest] => [
      `${field} of a StatefulSet`,
      set({ [field]: { a: 1 } }),
      set({ [field]: { a: 2 } }),
    ]),
    ['another spelling of the size of a claim template', claims(size('1Gi')), claims(size('1024Mi'))],
    [
      'what a claim template says anyway',
      claims({}),
      statefulSet(
        'db',
        {},
        {
          volumeClaimTemplates: [
            {
              apiVersion: 'v1',
              kind: 'PersistentVolumeClaim',
              metadata: { name: 'data' },
              spec: { volumeMode: 'Filesystem' },
              status: { phase: 'Pending' },
            },
          ],
        },
      ),
    ],
    ['the order that a StatefulSet has anyway', set({}), set({ podManagementPolicy: 'OrderedReady' })],
    ['an empty name of the Service that a StatefulSet does not have', set({}), set({ serviceName: '' })],
    ['no claims that a StatefulSet does not have', set({}), set({ volumeClaimTemplates: [] })],
    [
      'the subjects of a binding',
      binding('RoleBinding', { name: 'a' }),
      binding('RoleBinding', { name: 'a' }, { subjects: [{}] }),
    ],
    [
      'the group that a role has anyway',
      binding('RoleBinding', { name: 'a' }),
      binding('RoleBinding', { name: 'a', apiGroup: 'rbac.authorization.k8s.io' }),
    ],
    ['the address of a Service left to the API', service('a', { clusterIP: '10.96.0.10' }), service('a')],
    ['the address of a Service left to the API in words', service('a'), service('a', { clusterIP: '' })],
    [
      'the address of a Service that was a name in DNS',
      service('a', { type: 'ExternalName' }),
      service('a', { clusterIP: 'None' }),
    ],
    [
      'the address of a Service that becomes a name in DNS',
      service('a', { clusterIP: 'None' }),
      service('a', { type: 'ExternalName' }),
    ],
    [
      'ports, selector and type of a Service',
      service('a'),
      service('a', { ports: [], selector: { a: 'b' }, type: 'NodePort' }),
    ],
    ['the class of a load balancer that had none', service('a'), service('a', { loadBalancerClass: 'x' })],
    [
      'how many pods of a Job run at once',
      once({ parallelism: 1 }),
      once({ parallelism: 2, suspend: true, backoffLimit: 1 }),
    ],
    [
      'how often an indexed Job runs',
      once({ completionMode: 'Indexed', completions: 2 }),
      once({ completionMode: 'Indexed', completions: 3 }),
    ],
    ['how a Job counts anyway', once({}), once({ completionMode: 'NonIndexed', completions: 1 })],
    [
      'what the pods of a Job have anyway',
      once({}),
      once(
        {},
        { dnsPolicy: 'ClusterFirst', securityContext: {}, hostNetwork: false, terminationGracePeriodSeconds: 30 },
      ),
    ],
    [
      'another spelling of what the pods of a Job ask for',
      once({}, { containers: [{ resources: { limits: { cpu: '1' } } }] }),
      once({}, { containers: [{ resources: { limits: { cpu: '1000m' } } }] }),
    ],
    ['a CronJob, whose Jobs are new ones', cronJob('a'), cronJob('a', { containers: [] })],
    [
      'whether volumes of a storage class grow',
      storageClass({}),
      storageClass({ allowVolumeExpansion: true, mountOptions: ['x'] }),
    ],
    [
      'what a storage class does anyway',
      storageClass({}),
      storageClass({ reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' }),
    ],
    ...[
      'accessModes',
      'capacity',
      'claimRef',
      'mountOptions',
      'persistentVolumeReclaimPolicy',
      'storageClassName',
      'volumeAttributesClassName',
    ].map((field): [string, Manifest, Manifest] => [
      `${field} of a volume`,
      volume({ [field]: 'a' }),
      volume({ [field]: 'b' }),
    ]),
    ['the nodes of a volume that had none', volume({}), volume({ nodeAffinity: { required: { a: 1 } } })],
    ['the mode that a volume has anyway', volume({}), volume({ volumeMode: 'Filesystem' })],
    [
      'what the source of a volume has anyway',
      volume({ nfs: { server: 'a', path: '/' } }),
      volume({ nfs: { server: 'a', path: '/', readOnly: false } }),
    ],
    ['the size of a claim that grows', claim(size('1Gi')), claim(size('1.5Gi'))],
    ['another spelling of the size of a claim', claim(size('1Gi')), claim(size('1024Mi'))],
    ['a size that a claim did not ask for', claim({}), claim(size('1Gi'))],
    ['the volume of a claim that had none', claim({}), claim({ volumeName: 'a' })],
    ['the mode that a claim has anyway', claim({}), claim({ volumeMode: 'Filesystem' })],
    [
      'which class of priority is the default',
      priority({}),
      priority({ globalDefault: true, description: 'x', preemptionPolicy: 'PreemptLowerPriority' }),
    ],
    [
      'the data of a ConfigMap',
      object('v1', 'ConfigMap', 'a', { data: { a: '1' } }),
      frozen('ConfigMap', { data: { a: '2' } }),
    ],
    [
      'the labels of a ConfigMap that is immutable',
      frozen('ConfigMap', {}),
      frozen('ConfigMap', { metadata: { name: 'a', labels: { a: 'b' } } }),
    ],
    [
      'the data of a Secret',
      object('v1', 'Secret', 'a', { stringData: { a: '1' } }),
      object('v1', 'Secret', 'a', { stringData: { a: '2' }, type: 'Opaque' }),
    ],
    [
      "the selector of another group's Deployment",
      object('example.com/v1', 'Deployment', 'a', { spec: {} }),
      object('example.com/v1', 'Deployment', 'a', { spec: other }),
    ],
    [
      'the kind of what nobody reads',
      object('v1', 'constructor', 'a', { spec: {} }),
      object('v1', 'constructor', 'a', { spec: other }),
    ],
    [
      'the rules of a NetworkPolicy',
      object('networking.k8s.io/v1', 'NetworkPolicy', 'a', { spec: {} }),
      object('networking.k8s.io/v1', 'NetworkPolicy', 'a', { spec: { podSelector: {} } }),
    ],
  ])('is not found: %s', (_, before, after) => {
    expect(refused(before, after)).toEqual([]);
  });

  it.each([
    ['defaultMode', 420],
    ['enableServiceLinks', true],
    ['failureThreshold', 3],
    ['periodSeconds', 10],
    ['protocol', 'TCP'],
    ['schedulerName', 'default-scheduler'],
    ['scheme', 'HTTP'],
    ['successThreshold', 1],
    ['terminationMessagePath', '/dev/termination-log'],
    ['terminationMessagePolicy', 'File'],
    ['timeoutSeconds', 1],
  ])('is not found: %s as %j in the pods of a Job, which they have anyway', (field, value) => {
    const written = once({ template: { ...template('one'), extra: { [field]: value } } });
    expect(refused(once({ template: { ...template('one'), extra: {} } }), written)).toEqual([]);
    expect(refused(once({}), once({ template: { ...template('one'), extra: { [field]: 'else' } } }))).toEqual([
      'spec.template',
    ]);
  });
});

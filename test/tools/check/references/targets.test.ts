import { mountsNameVolumes, rolesAndSubjects, scalerTargetExists } from '../../../../tools/check/references/targets';
import { autoscaler, clusterWide, daemonSet, deployment, found, object, statefulSet, within } from './samples';

describe('what an autoscaler scales', () => {
  const to = (target: object) =>
    autoscaler('chat', { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'chat', ...target } });
  const at = 'HorizontalPodAutoscaler/chat spec.scaleTargetRef';

  it.each([
    ['of another name', to({ name: 'chta' }), 'Deployment chta is not rendered; expected `Deployment chat`'],
    [
      'of another kind',
      to({ kind: 'StatefulSet' }),
      'StatefulSet chat is not rendered; expected one of `Deployment chat`, `Deployment redis`',
    ],
    ['of a mis-cased kind', to({ kind: 'deployment' }), 'deployment chat is not rendered; expected `Deployment chat`'],
    [
      'that cannot be scaled',
      to({ kind: 'DaemonSet', name: 'agent' }),
      'DaemonSet agent is not rendered; expected one of `Deployment chat`, `Deployment redis`',
    ],
  ])('is rendered: %s', (_, scaler, words) => {
    expect(found(scalerTargetExists, [scaler, deployment('chat'), deployment('redis'), daemonSet('agent')])).toEqual([
      `${at}: ${words}`,
    ]);
  });

  it('is of its namespace', () => {
    expect(found(scalerTargetExists, [to({}), within('other', deployment('chat'))])).toEqual([
      `${at}: Deployment chat is not rendered; expected a rendered workload of its namespace`,
    ]);
  });

  it.each([
    ['missing', undefined, 'is missing'],
    ['that of another group', 'v1', 'v1 has no Deployment'],
    ['a removed group', 'extensions/v1beta1', undefined],
  ])('has its API version: one that is %s', (_, apiVersion, wrong) => {
    expect(found(scalerTargetExists, [to({ apiVersion }), deployment('chat')])).toEqual(
      wrong === undefined ? [] : [`${at}.apiVersion: ${wrong}; expected \`apps/v1\``],
    );
  });

  it('leaves its replicas to the autoscaler', () => {
    expect(found(scalerTargetExists, [to({}), deployment('chat', {}, { replicas: 3 })])).toEqual([
      'Deployment/chat spec.replicas: is fixed beside the autoscaler chat; expected no such field',
    ]);
  });

  it.each([
    ['a Deployment', to({}), deployment('chat')],
    ['another version of the same group', to({ apiVersion: 'apps/v1beta2' }), deployment('chat')],
    ['a StatefulSet', to({ kind: 'StatefulSet' }), statefulSet('chat')],
    [
      'a ReplicationController',
      to({ apiVersion: 'v1', kind: 'ReplicationController' }),
      object('v1', 'ReplicationController', 'chat'),
    ],
    ['a ReplicaSet', to({ kind: 'ReplicaSet' }), object('apps/v1', 'ReplicaSet', 'chat')],
    [
      'a custom resource, which is taken on trust',
      to({ apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' }),
      deployment('x'),
    ],
    ['nothing yet, which the schema reports', autoscaler('chat', { scaleTargetRef: undefined }), deployment('x')],
  ])('is right as %s', (_, scaler, target) => {
    expect(found(scalerTargetExists, [scaler, target])).toEqual([]);
  });
});

describe('a binding', () => {
  const api = 'rbac.authorization.k8s.io/v1';
  const role = (name: string) => object(api, 'Role', name);
  const clusterRole = (name: string) => clusterWide(api, 'ClusterRole', name);
  const account = (name: string) => object('v1', 'ServiceAccount', name);
  const binding = (roleRef: object, ...subjects: object[]) => object(api, 'RoleBinding', 'b', { roleRef, subjects });
  const viewer = { kind: 'Role', name: 'viewer' };

  it.each([
    ['no Role', { kind: 'Role', name: 'viewr' }, 'roleRef.name: viewr is no rendered Role; expected `viewer`'],
    [
      'no ClusterRole',
      { kind: 'ClusterRole', name: 'viewer' },
      'roleRef.name: viewer is no rendered ClusterRole; expected `nodes`',
    ],
    [
      'a role that only a ClusterRole may be called',
      { kind: 'Role', name: 'admin' },
      'roleRef.name: admin is no rendered Role; expected `viewer`',
    ],
    [
      'a kind that is none',
      { kind: 'role', name: 'viewer' },
      'roleRef.kind: is "role"; expected one of `ClusterRole`, `Role`',
    ],
  ])('of %s is found', (_, roleRef, words) => {
    expect(found(rolesAndSubjects, [binding(roleRef), role('viewer'), clusterRole('nodes')])).toEqual([
      `RoleBinding/b ${words}`,
    ]);
  });

  it('of a role of another namespace is found, without naming that role', () => {
    expect(found(rolesAndSubjects, [binding(viewer), within('other', role('viewer'))])).toEqual([
      'RoleBinding/b roleRef.name: viewer is no rendered Role; expected a rendered Role',
    ]);
  });

  it('of the whole cluster knows no Role', () => {
    const wide = clusterWide(api, 'ClusterRoleBinding', 'b', { roleRef: viewer });
    expect(found(rolesAndSubjects, [wide, role('viewer')])).toHaveLength(1);
  });

  it.each([
    [
      'who is not rendered',
      { namespace: 'shop', name: 'chta' },
      'name: shop/chta is no rendered ServiceAccount; expected `chat`',
    ],
    [
      'in another namespace',
      { namespace: 'other', name: 'chat' },
      'name: other/chat is no rendered ServiceAccount; expected a rendered ServiceAccount',
    ],
    [
      'without a namespace',
      { name: 'chat' },
      "namespace: is missing; chat could be anybody's; expected the namespace of the account",
    ],
  ])('to an account %s is found', (_, subject, words) => {
    const objects = [
      binding(viewer, { kind: 'User', name: 'ann' }, { kind: 'ServiceAccount', ...subject }),
      role('viewer'),
      account('chat'),
    ];
    expect(found(rolesAndSubjects, objects)).toEqual([`RoleBinding/b subjects[1].${words}`]);
  });

  it.each([
    ['of a Role to an account', binding(viewer, { kind: 'ServiceAccount', namespace: 'shop', name: 'chat' })],
    ['of a ClusterRole', binding({ kind: 'ClusterRole', name: 'nodes' })],
    [
      'to the account that every namespace has',
      binding(viewer, { kind: 'ServiceAccount', namespace: 'other', name: 'default' }),
    ],
    ['to people', binding(viewer, { kind: 'Group', name: 'viewers' }, { kind: 'User', name: 'ann' })],
    ['without subjects', object(api, 'RoleBinding', 'b', { roleRef: viewer })],
    [
      'of the whole cluster',
      clusterWide(api, 'ClusterRoleBinding', 'b', { roleRef: { kind: 'ClusterRole', name: 'nodes' } }),
    ],
  ])('%s is right', (_, bound) => {
    expect(found(rolesAndSubjects, [bound, role('viewer'), clusterRole('nodes'), account('chat')])).toEqual([]);
  });

  it.each(['admin', 'cluster-admin', 'edit', 'view', 'system:auth-delegator'])(
    "of the cluster's own %s is right",
    (name) => {
      expect(found(rolesAndSubjects, [binding({ kind: 'ClusterRole', name })])).toEqual([]);
    },
  );
});

describe('a mount', () => {
  const mounting = (volumeMounts: object[], volumes: object[] | undefined, fields: object = {}) =>
    deployment('chat', { containers: [{ name: 'main', volumeMounts, ...fields }], volumes });
  const tmp = { name: 'tmp', emptyDir: {} };
  const at = 'Deployment/chat spec.template.spec';

  it('names a volume of its pod', () => {
    expect(
      found(mountsNameVolumes, [
        mounting(
          [
            { name: 'tmp', mountPath: '/a' },
            { name: 'tpm', mountPath: '/b' },
          ],
          [tmp],
        ),
      ]),
    ).toEqual([`${at}.containers[0].volumeMounts[1].name: tpm is no volume of the pod; expected \`tmp\``]);
  });

  it('has something to say where the pod has no volume', () => {
    expect(found(mountsNameVolumes, [mounting([{ name: 'tmp', mountPath: '/a' }], undefined)])).toEqual([
      `${at}.containers[0].volumeMounts[0].name: tmp is no volume of the pod; expected a volume of the pod`,
    ]);
  });

  it('of a raw device names a volume too', () => {
    expect(
      found(mountsNameVolumes, [
        mounting([], [tmp], { volumeDevices: [{ name: 'disk', devicePath: '/dev/x' }, { name: 'tmp' }] }),
      ]),
    ).toEqual([`${at}.containers[0].volumeDevices[0].name: disk is no volume of the pod; expected \`tmp\``]);
  });

  it('has a path of its own in its container', () => {
    const mounts = [
      { name: 'tmp', mountPath: '/a' },
      { name: 'tmp', mountPath: '/a', subPath: 'x' },
    ];
    expect(found(mountsNameVolumes, [mounting(mounts, [tmp])])).toEqual([
      `${at}.containers[0].volumeMounts[1].mountPath: /a is mounted twice; expected a path of its own for each mount`,
    ]);
  });

  it('is what a volume is there for', () => {
    expect(found(mountsNameVolumes, [mounting([], [tmp])])).toEqual([
      `${at}.volumes[0].name: tmp is mounted by no container; expected a mount, or no such volume`,
    ]);
  });

  it.each([
    [
      'of a volume',
      mounting(
        [
          { name: 'tmp', mountPath: '/a' },
          { name: 'tmp', mountPath: '/b' },
        ],
        [tmp],
      ),
    ],
    ['of a raw device', mounting([], [tmp], { volumeDevices: [{ name: 'tmp', devicePath: '/dev/x' }] })],
    [
      'of an init container',
      deployment('chat', { initContainers: [{ volumeMounts: [{ name: 'tmp', mountPath: '/a' }] }], volumes: [tmp] }),
    ],
    [
      "of a StatefulSet's claims",
      statefulSet(
        'db',
        { containers: [{ volumeMounts: [{ name: 'data', mountPath: '/d' }] }] },
        { volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
      ),
    ],
    [
      'at the same path in two containers',
      deployment('two', {
        containers: [1, 2].map(() => ({ volumeMounts: [{ name: 'tmp', mountPath: '/a' }] })),
        volumes: [tmp],
      }),
    ],
  ])('%s is right', (_, workload) => {
    expect(found(mountsNameVolumes, [workload])).toEqual([]);
  });
});

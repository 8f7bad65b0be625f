import {
  always,
  carrying,
  distinct,
  missingLines,
  type Need,
  resourceOf,
} from '../../../../tools/deploy/preflight/needs';

const need = (more: Partial<Need>): Need => ({
  group: '',
  resource: 'pods',
  verbs: ['get'],
  namespace: 'chat',
  ...more,
});

describe('what a release needs', () => {
  it.each([
    ['/api/v1/namespaces/chat/services/chat', '', 'services', 'chat'],
    ['/apis/apps/v1/namespaces/chat/deployments/chat', 'apps', 'deployments', 'chat'],
    ['/apis/storage.k8s.io/v1/storageclasses/gp3', 'storage.k8s.io', 'storageclasses', undefined],
  ])('is read from where an object is: %s', (path, group, resource, namespace) => {
    const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
    expect(carrying(path)).toEqual({ group, resource, namespace, verbs });
  });

  it('is asked once, however many objects of a kind there are', () => {
    const path = '/apis/apps/v1/namespaces/chat/deployments/';
    expect(
      distinct([carrying(`${path}chat`), carrying(`${path}hello`), carrying('/api/v1/namespaces/chat/pods/x')]),
    ).toHaveLength(2);
  });

  it('is asked with every verb that anything needs: a claim that is carried is more than looked at', () => {
    const claim = carrying('/api/v1/namespaces/chat/persistentvolumeclaims/data');
    const [asked, ...others] = distinct([claim, ...always('chat', false)]).filter(
      ({ resource }) => resource === 'persistentvolumeclaims',
    );
    expect([asked?.verbs, others]).toEqual([claim.verbs, []]);
  });

  it('includes the deletion of claims only where data is to go', () => {
    const verbs = (pruneData: boolean) =>
      distinct(always('chat', pruneData)).find(({ resource }) => resource === 'persistentvolumeclaims')?.verbs;
    expect(verbs(true)).toContain('delete');
    expect(verbs(false)).not.toContain('delete');
  });

  it('includes the deletion of pods: a StatefulSet goes back by no other way', () => {
    expect(always('chat', false).find(({ resource }) => resource === 'pods')?.verbs).toContain('delete');
  });

  it('includes Helm’s records, the lease, and what explains a failure, but no way into a pod', () => {
    const asked = always('chat', false).map(resourceOf);
    expect(asked).toEqual(
      expect.arrayContaining([
        'secrets',
        'leases.coordination.k8s.io',
        'pods',
        'pods/log',
        'events',
        'replicasets.apps',
        'endpointslices.discovery.k8s.io',
      ]),
    );
    expect(asked).not.toContain('pods/exec');
  });
});

describe('what is missing', () => {
  it('is told in one line for all resources that lack the same verbs', () => {
    expect(
      missingLines([
        need({ resource: 'services', verbs: ['create', 'delete'] }),
        need({ resource: 'pods/log' }),
        need({ group: 'apps', resource: 'deployments', verbs: ['create', 'delete'] }),
        need({ resource: 'nodes', namespace: undefined }),
      ]),
    ).toEqual([
      'create, delete: deployments.apps, services in namespace chat',
      'get: pods/log in namespace chat',
      'get: nodes in the whole cluster',
    ]);
  });
});

import { loadSchemas } from '../../../tools/check/schema/schemas';
import { GROUPS, groupOf, namespaceOf } from '../../../tools/manifests/kinds';
import { clusterWide, object } from '../check/references/samples';

describe('the group of an API version', () => {
  it.each([
    ['v1', ''],
    ['apps/v1', 'apps'],
    ['networking.k8s.io/v1', 'networking.k8s.io'],
  ])('%s is "%s"', (apiVersion, group) => {
    expect(groupOf(apiVersion)).toBe(group);
  });
});

describe('the namespace of an object', () => {
  it('is the one that it names, and `default` where it names none', () => {
    expect([object('v1', 'Service', 'a'), clusterWide('v1', 'Service', 'a')].map(namespaceOf)).toEqual([
      'shop',
      'default',
    ]);
  });

  it.each([
    'ClusterRole',
    'ClusterRoleBinding',
    'IngressClass',
    'Namespace',
    'PersistentVolume',
    'PriorityClass',
    'StorageClass',
  ])('of the whole cluster is none, whatever it says: %s', (kind) => {
    expect([object('v1', kind, 'a'), clusterWide('v1', kind, 'a')].map(namespaceOf)).toEqual(['', '']);
  });
});

describe('the kinds that judges read', () => {
  const schemas = loadSchemas(undefined);

  it.each(Object.entries(GROUPS))('are of the group in which Kubernetes serves them: %s of "%s"', (kind, group) => {
    expect(schemas.versionsOf(kind).map(groupOf)).toContain(group);
  });
});

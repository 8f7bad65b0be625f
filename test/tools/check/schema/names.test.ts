import { names } from '../../../../tools/check/schema/names';
import { clusterWide, configMap, cronJob, deployment, found, object, service, template } from '../references/samples';

const LABEL = 'a DNS label: at most 63 of a-z, 0-9 and -, not at an end';
const SUBDOMAIN = 'a DNS subdomain: at most 253 of a-z, 0-9, - and dots between labels';
const VALUE = 'a label value: at most 63 of A-Z, a-z, 0-9, -, _ and ., alphanumeric at both ends';
const KEY = 'a key: an optional DNS prefix and /, then at most 63 of A-Z, a-z, 0-9, -, _ and .';
const long = (length: number) => 'a'.repeat(length);
const withMetadata = (metadata: object) => ({ ...configMap('a'), metadata: { name: 'a', ...metadata } });

describe('the name of an object', () => {
  it.each([
    ['ConfigMap', configMap('Chat'), 'is "Chat"', SUBDOMAIN],
    ['ConfigMap', configMap('-chat'), 'is "-chat"', SUBDOMAIN],
    ['ConfigMap', configMap('a..b'), 'is "a..b"', SUBDOMAIN],
    ['ConfigMap', configMap(long(254)), `is "${long(254)}"`, SUBDOMAIN],
    ['ConfigMap', withMetadata({ name: undefined }), 'is missing', SUBDOMAIN],
    ['Namespace', clusterWide('v1', 'Namespace', 'a.b'), 'is "a.b"', LABEL],
    ['Namespace', clusterWide('v1', 'Namespace', long(64)), `is "${long(64)}"`, LABEL],
    ['Service', service('1st'), 'is "1st"', 'a DNS label that starts with a letter'],
    [
      'CronJob',
      cronJob(long(53)),
      `is "${long(53)}"`,
      'at most 52 of a-z, 0-9, - and dots: its Jobs are named after it',
    ],
    ['Role', object('rbac.authorization.k8s.io/v1', 'Role', 'a/b'), 'is "a/b"', 'a name without / and %'],
    ['RoleBinding', object('rbac.authorization.k8s.io/v1', 'RoleBinding', '..'), 'is ".."', 'a name without / and %'],
    [
      'ClusterRole',
      clusterWide('rbac.authorization.k8s.io/v1', 'ClusterRole', '.'),
      'is "."',
      'a name without / and %',
    ],
    [
      'ClusterRoleBinding',
      clusterWide('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'a%'),
      'is "a%"',
      'a name without / and %',
    ],
  ])('that the API server refuses is found: %s %#', (kind, wrong, is, right) => {
    expect(found(names, [wrong])).toEqual([`${kind}/${wrong.metadata.name} metadata.name: ${is}; expected ${right}`]);
  });

  it.each([
    configMap('a.b-c.1'),
    configMap(long(253)),
    configMap('1'),
    clusterWide('v1', 'Namespace', '1st'),
    service(long(63)),
    cronJob(long(52)),
    clusterWide('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:Node'),
    object('serving.knative.dev/v1', 'Service', '1st.site'),
  ])('that the API server takes is right: %#', (right) => {
    expect(found(names, [right])).toEqual([]);
  });

  it("that is no text is the schema's to report", () => {
    expect(found(names, [withMetadata({ name: 5 })])).toEqual([]);
  });
});

describe('the namespace of an object', () => {
  it('is a DNS label', () => {
    expect(found(names, [withMetadata({ namespace: 'my.shop' })])).toEqual([
      `ConfigMap/a metadata.namespace: is "my.shop"; expected ${LABEL}`,
    ]);
  });
});

describe('labels and annotations', () => {
  it.each([
    ['a value with a blank', { labels: { a: 'b c' } }, `metadata.labels.a: is "b c"; expected ${VALUE}`],
    ['a value that ends in a hyphen', { labels: { a: 'b-' } }, `metadata.labels.a: is "b-"; expected ${VALUE}`],
    ['a value too long', { labels: { a: long(64) } }, `metadata.labels.a: is "${long(64)}"; expected ${VALUE}`],
    ['a key with a blank', { labels: { 'a b': '' } }, `metadata.labels["a b"]: is "a b"; expected ${KEY}`],
    [
      'a key too long',
      { labels: { [long(64)]: '' } },
      `metadata.labels.${long(64)}: is "${long(64)}"; expected ${KEY}`,
    ],
    ['a prefix in upper case', { labels: { 'A.b/c': '' } }, `metadata.labels["A.b/c"]: is "A.b/c"; expected ${KEY}`],
    ['two slashes', { annotations: { 'a/b/c': '' } }, `metadata.annotations["a/b/c"]: is "a/b/c"; expected ${KEY}`],
  ])('that the API server refuses are found: %s', (_, metadata, words) => {
    expect(found(names, [withMetadata(metadata)])).toEqual([`ConfigMap/a ${words}`]);
  });

  it.each([
    ['an empty value', { labels: { a: '' } }],
    ['a value of any case', { labels: { 'a.b/C_d.e': 'F_g.H-1' } }],
    ['a value of 63', { labels: { [long(63)]: long(63) } }],
    ['an annotation of any value', { annotations: { a: 'anything goes: {}' } }],
    ['an annotation whose prefix is in upper case', { annotations: { 'A.b/c': '' } }],
    ['a value that is no text, which the schema reports', { labels: { name: true } }],
  ])('that the API server takes are right: %s', (_, metadata) => {
    expect(found(names, [withMetadata(metadata)])).toEqual([]);
  });

  it('of the pods of a workload are held to the same', () => {
    const pods = deployment(
      'a',
      {},
      { template: { ...template('a'), metadata: { labels: { app: 'a' }, annotations: { 'x y': '' } } } },
    );
    expect(found(names, [pods])).toEqual([
      `Deployment/a spec.template.metadata.annotations["x y"]: is "x y"; expected ${KEY}`,
    ]);
  });

  it('of a Pod are told once', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', labels: { a: 'b c' } },
      spec: { containers: [] },
    };
    expect(found(names, [pod])).toHaveLength(1);
  });
});

describe('containers and volumes', () => {
  it.each([
    ['a container', { containers: [{ name: 'Main' }] }, 'containers[0].name: is "Main"'],
    ['an init container', { initContainers: [{ name: 'a.b' }] }, 'initContainers[0].name: is "a.b"'],
    ['a volume', { volumes: [{ name: 'a' }, { name: 'a_b' }] }, 'volumes[1].name: is "a_b"'],
  ])('have DNS labels as names: %s', (_, pod, words) => {
    expect(found(names, [deployment('a', pod)])).toEqual([
      `Deployment/a spec.template.spec.${words}; expected ${LABEL}`,
    ]);
  });

  it("without a name are the schema's to report", () => {
    expect(found(names, [deployment('a', { containers: [{}] })])).toEqual([]);
  });
});

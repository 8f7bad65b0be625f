import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { loadSchemas } from '../../../../tools/check/schema/schemas';
import { isMisshapen, served, shape } from '../../../../tools/check/schema/shape';
import { loadFolder } from '../../../../tools/manifests/load';
import { clusterWide, configMap, deployment, found, object, service, unanswered } from '../references/samples';

const pool = (spec: object, apiVersion = 'metallb.io/v1beta1') =>
  object(apiVersion, 'IPAddressPool', 'public', { spec });

describe('the version of an object', () => {
  it.each([
    ['extensions/v1beta1', 'Ingress', '`networking.k8s.io/v1`'],
    ['extensions/v1beta1', 'Deployment', '`apps/v1`'],
    ['apps/v1beta2', 'Deployment', '`apps/v1`'],
    ['policy/v1beta1', 'PodDisruptionBudget', '`policy/v1`'],
    ['batch/v1beta1', 'CronJob', '`batch/v1`'],
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'one of `autoscaling/v1`, `autoscaling/v2`'],
    ['networking.k8s.io/v1beta1', 'Ingress', '`networking.k8s.io/v1`'],
    ['rbac.authorization.k8s.io/v1beta1', 'Role', '`rbac.authorization.k8s.io/v1`'],
    ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition', '`apiextensions.k8s.io/v1`'],
    ['v1', 'Deployment', '`apps/v1`'],
    ['apps/v1', 'Pod', '`v1`'],
    ['app/v1', 'Deployment', '`apps/v1`'],
  ])('that is not served any more, or never was, is found: %s %s', (apiVersion, kind, right) => {
    expect(found(served, [object(apiVersion, kind, 'a')])).toEqual([
      `${kind}/a apiVersion: ${kind} is not served as ${apiVersion} by Kubernetes 1.36; expected ${right}`,
    ]);
  });

  it("that a custom resource's definition does not serve is found", () => {
    expect(found(served, [pool({}, 'metallb.io/v1alpha1')])).toEqual([
      'IPAddressPool/public apiVersion: IPAddressPool is not served as metallb.io/v1alpha1 by its definition; expected `metallb.io/v1beta1`',
    ]);
  });

  it.each([
    ['v1', 'Sevice', 'v1 of Kubernetes 1.36 has no kind "Sevice"; expected `Service`'],
    [
      'networking.k8s.io/v1',
      'Ingres',
      'networking.k8s.io/v1 of Kubernetes 1.36 has no kind "Ingres"; expected `Ingress`',
    ],
    ['apps/v1', 'deployment', 'apps/v1 of Kubernetes 1.36 has no kind "deployment"; expected `Deployment`'],
    [
      'policy/v1beta1',
      'PodSecurityPolicy',
      'policy/v1beta1 of Kubernetes 1.36 has no kind "PodSecurityPolicy"; expected a kind of that version',
    ],
  ])('that has no such kind is found: %s %s', (apiVersion, kind, words) => {
    expect(found(served, [object(apiVersion, kind, 'a')])).toEqual([`${kind}/a kind: ${words}`]);
  });

  it.each([
    ['v1', 'Service'],
    ['autoscaling/v1', 'HorizontalPodAutoscaler'],
    ['metallb.io/v1beta1', 'L2Advertisement'],
  ])('that is served is right: %s %s', (apiVersion, kind) => {
    expect(found(served, [object(apiVersion, kind, 'a')])).toEqual([]);
    expect(unanswered(served, [object(apiVersion, kind, 'a')])).toEqual([]);
  });

  it.each([
    ['a group that nobody knows', 'serving.knative.dev/v1', 'Service'],
    ['a kind of a group of which others are known', 'metallb.io/v1beta2', 'BGPPeer'],
  ])('of %s is not judged, and said so once', (_, apiVersion, kind) => {
    const objects = [object(apiVersion, kind, 'a'), object(apiVersion, kind, 'b')];
    expect(found(served, objects)).toEqual([]);
    expect(unanswered(served, objects)).toEqual([
      `schema/served: no schema is known of ${apiVersion} ${kind}; put the CRD into the folder, or into imports/`,
    ]);
  });
});

describe('a field', () => {
  it.each([
    [
      'mis-cased',
      service('a', { clusterip: 'None' }),
      'Service/a spec.clusterip: is no field here; expected `clusterIP`',
    ],
    [
      'misspelt',
      service('a', { ports: [{ port: 80, targetport: 80 }] }),
      'Service/a spec.ports[0].targetport: is no field here; expected `targetPort`',
    ],
    [
      'unknown',
      object('v1', 'ConfigMap', 'a', { spec: {} }),
      'ConfigMap/a spec: is no field here; expected one of `apiVersion`, `binaryData`, `data`, `immutable`, `kind`, `metadata`',
    ],
    [
      'of metadata',
      { ...configMap('a'), metadata: { name: 'a', lables: {} } },
      'ConfigMap/a metadata.lables: is no field here; expected `labels`',
    ],
    [
      'missing',
      service('a', { ports: [{ name: 'http' }] }),
      'Service/a spec.ports[0].port: is missing; expected a value: the field is required',
    ],
    [
      'of another type',
      service('a', { ports: [{ port: '80' }] }),
      'Service/a spec.ports[0].port: is "80"; expected the type integer',
    ],
    [
      'a fraction',
      deployment('a', {}, { replicas: 1.5 }),
      'Deployment/a spec.replicas: is 1.5; expected the type integer',
    ],
    [
      'a number too large',
      deployment('a', {}, { replicas: 2 ** 40 }),
      'Deployment/a spec.replicas: is 1099511627776; expected the format int32',
    ],
    [
      'an object that is a text',
      service('a', { selector: 'app=a' }),
      'Service/a spec.selector: is "app=a"; expected the type object',
    ],
    [
      'a label that is no text',
      { ...configMap('a'), metadata: { name: 'a', labels: { 'a.b/c': true } } },
      'ConfigMap/a metadata.labels["a.b/c"]: is true; expected the type string',
    ],
    [
      'a key with a slash and a tilde',
      configMap('a', { 'x/~y': 5 }),
      'ConfigMap/a data["x/~y"]: is 5; expected the type string',
    ],
    [
      'a number or a text',
      service('a', { ports: [{ port: 80, targetPort: true }] }),
      'Service/a spec.ports[0].targetPort: is true; expected the type string or integer',
    ],
    [
      'a number in a list',
      deployment('a', { containers: [{ name: 'a', args: ['x', 5] }] }),
      'Deployment/a spec.template.spec.containers[0].args[1]: is 5; expected the type string',
    ],
    [
      'a quantity',
      deployment('a', { containers: [{ name: 'a', resources: { limits: { memory: '1 GB' } } }] }),
      'Deployment/a spec.template.spec.containers[0].resources.limits.memory: is "1 GB"; expected a quantity such as 250m or 128Mi',
    ],
    [
      'a quantity of another type',
      deployment('a', { containers: [{ name: 'a', resources: { limits: { memory: true } } }] }),
      'Deployment/a spec.template.spec.containers[0].resources.limits.memory: is true; expected the type string or number',
    ],
  ])('that is wrong is found: %s', (_, wrong, words) => {
    expect(found(shape, [wrong])).toEqual([words]);
  });

  it('is told with every other that is wrong', () => {
    expect(found(shape, [service('a', { prots: [], typ: 'x', selector: 5 })])).toHaveLength(3);
  });

  it.each([
    ['a number where a number or a text may be', service('a', { ports: [{ port: 80, targetPort: 8080 }] })],
    ['a text where a number or a text may be', service('a', { ports: [{ port: 80, targetPort: 'http' }] })],
    [
      'a quantity that is a number',
      deployment('a', { containers: [{ name: 'a', resources: { limits: { cpu: 1, memory: 0.5 } } }] }),
    ],
    [
      'a quantity of any spelling',
      deployment('a', { containers: [{ name: 'a', resources: { limits: { cpu: '1e3', memory: '1.5Gi' } } }] }),
    ],
    ['anything in a map', configMap('a', { anything: 'goes' })],
    ['of a kind that nobody knows', object('example.com/v1', 'Thing', 'a', { anything: 1 })],
  ])('that is right is not found: %s', (_, right) => {
    expect(found(shape, [right])).toEqual([]);
  });
});

describe('what a Secret holds', () => {
  it.each([
    ['data', { data: { token: 'not base64!' } }, 'data.token'],
    ['stringData', { stringData: { token: ['hunter', 2] } }, 'stringData.token'],
  ])('is never shown: %s', (_, fields, path) => {
    const [told = ''] = found(shape, [object('v1', 'Secret', 'a', fields)]);
    expect(told).toContain(`Secret/a ${path}: is something else; expected the `);
    expect(told).not.toMatch(/base64|hunter/);
  });

  it('is shown where it is no credential', () => {
    expect(found(shape, [object('v1', 'Secret', 'a', { type: 5 })])).toEqual([
      'Secret/a type: is 5; expected the type string',
    ]);
  });
});

describe('a custom resource', () => {
  it.each([
    [
      'an unknown field',
      pool({ addresses: ['192.0.2.0/24'], autoasign: true }),
      'spec.autoasign: is no field here; expected `autoAssign`',
    ],
    ['a missing field', pool({}), 'spec.addresses: is missing; expected a value: the field is required'],
    [
      'a field of another type',
      pool({ addresses: '192.0.2.0/24' }),
      'spec.addresses: is "192.0.2.0/24"; expected the type array',
    ],
    [
      'an unknown field of metadata',
      { ...pool({ addresses: [] }), metadata: { name: 'public', lables: {} } },
      'metadata.lables: is no field here; expected `labels`',
    ],
  ])('is judged by its definition: %s', (_, wrong, words) => {
    expect(found(shape, [wrong])).toEqual([`IPAddressPool/public ${words}`]);
  });

  it.each([
    ['a pool', pool({ addresses: ['192.0.2.0/24'], autoAssign: false })],
    [
      'an advertisement',
      object('metallb.io/v1beta1', 'L2Advertisement', 'a', { spec: { ipAddressPools: ['public'] } }),
    ],
    ['an advertisement of everything', object('metallb.io/v1beta1', 'L2Advertisement', 'a')],
  ])('is right as its definition has it: %s', (_, right) => {
    expect(found(shape, [right])).toEqual([]);
  });

  const definition = (openAPIV3Schema: object) => ({
    metadata: { name: 'things.example.com' },
    spec: {
      group: 'example.com',
      names: { kind: 'Thing' },
      versions: [{ name: 'v1', served: true, schema: { openAPIV3Schema } }],
    },
  });
  const judgedBy = (fields: object, thing: object) =>
    found(shape, [object('example.com/v1', 'Thing', 'a', thing)], {
      schemas: loadSchemas(undefined, [
        definition({ type: 'object', properties: { spec: { type: 'object', ...fields } } }),
      ]),
    });

  it.each([
    [
      'alternatives that have no type',
      { properties: { a: {}, b: {} }, oneOf: [{ required: ['a'] }, { required: ['b'] }] },
      {},
      'spec: is {}; expected one of the alternatives of its schema',
    ],
    [
      'a least value',
      { properties: { a: { type: 'integer', minimum: 3 } } },
      { a: 1 },
      'spec.a: is 1; expected a value that must be >= 3',
    ],
    ['a choice', { properties: { a: { enum: ['x', 'y'] } } }, { a: 'z' }, 'spec.a: is "z"; expected one of `x`, `y`'],
    [
      'a pattern',
      { properties: { a: { type: 'string', pattern: '^x' } } },
      { a: 'z' },
      'spec.a: is "z"; expected a text of the form ^x',
    ],
    [
      'a format',
      { properties: { a: { type: 'string', format: 'date-time' } } },
      { a: 'z' },
      'spec.a: is "z"; expected the format date-time',
    ],
  ])('is told what its definition wants: %s', (_, fields, spec, words) => {
    expect(judgedBy(fields, { spec })).toEqual([`Thing/a ${words}`]);
  });
});

describe('definitions of custom resources', () => {
  it.each(['metallb-0.16.1-ipaddresspools', 'metallb-0.16.1-l2advertisements'])(
    'are objects that can be judged: %s',
    (name) => {
      const crd = load(readFileSync(join(__dirname, `../../../../imports/metallb/${name}.crd.yaml`), 'utf8')) as object;
      expect(found(shape, [crd])).toEqual([]);
    },
  );
});

describe('an object', () => {
  const schemas = loadSchemas(undefined);

  it.each([
    ['with a field of another type', service('a', { ports: 5 }), true],
    ['with a field missing', service('a', { ports: [{}] }), true],
    ['with a field too many', service('a', { prots: [] }), false],
    ['that is right', service('a'), false],
    ['of a kind that nobody knows', object('example.com/v1', 'Thing', 'a', { spec: 5 }), false],
  ])('%s cannot be read field by field: %#', (_, one, misshapen) => {
    expect(isMisshapen(one, schemas)).toBe(misshapen);
  });
});

describe('what slipway renders', () => {
  it.each(['production', 'lab', 'kind'])('has the shape that the API server asks for: %s', (name) => {
    const { objects } = loadFolder(join(__dirname, '../../../../dist', name));
    expect([...found(served, objects), ...found(shape, objects)]).toEqual([]);
  });

  it('is not mistaken for something of the whole cluster', () => {
    expect(found(shape, [clusterWide('v1', 'Namespace', 'shop')])).toEqual([]);
  });
});

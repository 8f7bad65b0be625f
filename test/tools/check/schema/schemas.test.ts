import { servedKinds } from '../../../../tools/check/schema/crds';
import { loadSchemas, vendoredMinors } from '../../../../tools/check/schema/schemas';
import { faultsOf } from '../../../support/faults';

const version = (name: string, fields: object = {}) => ({ name, served: true, ...fields });
const crd = (versions: object[], fields: object = {}) => ({
  metadata: { name: 'things.example.com' },
  spec: { group: 'example.com', names: { kind: 'Thing' }, versions, ...fields },
});
const schemaOf = (openAPIV3Schema: object) => version('v1', { schema: { openAPIV3Schema } });

/** Whether a definition with this schema accepts an object. */
function accepts(openAPIV3Schema: object, thing: object): boolean {
  const validate = loadSchemas(undefined, [crd([schemaOf(openAPIV3Schema)])]).validatorOf('example.com/v1', 'Thing');
  if (!validate) throw new Error('the definition serves no Thing');
  return validate({ apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' }, ...thing }) as boolean;
}

describe('the schemas of a minor', () => {
  it('are those of the newest that is vendored, where none is named', () => {
    expect(loadSchemas(undefined).kubernetes).toBe(vendoredMinors().at(-1));
  });

  it('are not guessed for a minor that is not vendored', () => {
    expect(faultsOf(() => loadSchemas('1.9'))).toEqual([
      expect.stringMatching(/^kubernetes 1\.9: .*; expected `1\.36`\. Import/),
    ]);
  });

  const schemas = loadSchemas('1.36');

  it('know what is served, and what is not', () => {
    expect(schemas.validatorOf('apps/v1', 'Deployment')?.({ apiVersion: 'apps/v1', kind: 'Deployment' })).toBe(true);
    expect(schemas.validatorOf('apps/v1', 'Service')).toBeUndefined();
    expect(schemas.versionsOf('HorizontalPodAutoscaler')).toEqual(['autoscaling/v1', 'autoscaling/v2']);
    expect(schemas.kinds('batch/v1')).toEqual(expect.arrayContaining(['CronJob', 'Job']));
    expect(schemas.kinds('batch/v1')).not.toContain('Deployment');
  });

  it('tell the groups of Kubernetes from those of operators', () => {
    expect(['', 'apps', 'networking.k8s.io', 'metallb.io'].map((group) => schemas.builtInGroups().has(group))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('a definition of custom resources', () => {
  it('serves the versions that it says it serves', () => {
    expect(
      servedKinds(crd([version('v1'), version('v2', { served: false }), version('v3')])).map(
        ({ apiVersion, kind }) => `${apiVersion} ${kind}`,
      ),
    ).toEqual(['example.com/v1 Thing', 'example.com/v3 Thing']);
  });

  it.each([
    [
      'without a group',
      crd([], { group: undefined }),
      'CustomResourceDefinition things.example.com.spec.group: is missing; expected a string',
    ],
    ['without anything', undefined, 'CustomResourceDefinition undefined: is missing; expected an object'],
  ])('%s is refused by its name', (_, definition, fault) => {
    expect(faultsOf(() => servedKinds(definition))).toEqual([fault]);
  });

  it('of the manifests comes before the one that is vendored', () => {
    const own = {
      ...crd([schemaOf({ type: 'object', properties: { own: { type: 'string' } } })]).spec,
      group: 'metallb.io',
      names: { kind: 'IPAddressPool' },
    };
    const schemas = loadSchemas(undefined, [
      {
        metadata: { name: 'a' },
        spec: { ...own, versions: own.versions.map((each) => ({ ...each, name: 'v1beta1' })) },
      },
    ]);
    expect(schemas.validatorOf('metallb.io/v1beta1', 'IPAddressPool')?.({ own: 'x' })).toBe(true);
    expect(schemas.versionsOf('IPAddressPool')).toEqual(['metallb.io/v1beta1']);
  });

  it('need not name what every object has', () => {
    expect(accepts({ type: 'object', properties: { spec: { type: 'object' } } }, {})).toBe(true);
  });

  it('without a schema takes anything', () => {
    const validate = loadSchemas(undefined, [crd([version('v1')])]).validatorOf('example.com/v1', 'Thing');
    expect(validate?.({ anything: { goes: 1 } })).toBe(true);
  });

  const closed = { type: 'object', properties: { a: { type: 'object', properties: { b: { type: 'string' } } } } };
  const list = { type: 'object', properties: { a: { type: 'array', items: closed } } };
  const map = { type: 'object', properties: { a: { type: 'object', additionalProperties: closed } } };
  const open = { type: 'object', properties: { a: { ...closed, 'x-kubernetes-preserve-unknown-fields': true } } };
  const either = { 'x-kubernetes-int-or-string': true };

  it.each<[string, object, object, boolean]>([
    ['no unknown field', closed, { x: 1 }, false],
    ['no unknown field below', closed, { a: { x: 1 } }, false],
    ['its fields', closed, { a: { b: 'x' } }, true],
    ['no unknown field in a list', list, { a: [{ a: { x: 1 } }] }, false],
    ['no unknown field in a map', map, { a: { any: { x: 1 } } }, false],
    ['any key of a map', map, { a: { any: { a: { b: 'x' } } } }, true],
    ['unknown fields that it says it keeps', open, { a: { x: 1 } }, true],
    ['a number or a text', { properties: { a: either } }, { a: 1 }, true],
    ['a text or a number', { properties: { a: either } }, { a: '1' }, true],
    ['nothing else than a number or a text', { properties: { a: either } }, { a: true }, false],
    ['a number or a text in a list', { properties: { a: { type: 'array', items: either } } }, { a: [true] }, false],
    [
      'a number or a text in a map',
      { properties: { a: { type: 'object', additionalProperties: either } } },
      { a: { b: true } },
      false,
    ],
    ['no list for metadata', closed, { metadata: [] }, false],
  ])('takes %s', (_, schema, thing, does) => {
    expect(accepts(schema, thing)).toBe(does);
  });
});

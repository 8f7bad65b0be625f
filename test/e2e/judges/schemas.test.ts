import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/copy';
import { SCHEMA_TEMPLATE, strict, writeSchemas } from './schemas';

describe('a strict schema', () => {
  it('takes no field but its own, at any depth', () => {
    const schema = { type: 'object', properties: { spec: { items: { properties: { name: { type: 'string' } } } } } };
    expect(strict(schema)).toEqual({
      type: 'object',
      additionalProperties: false,
      properties: { spec: { items: { additionalProperties: false, properties: { name: { type: 'string' } } } } },
    });
  });

  it('leaves open what is open', () => {
    const map = { properties: {}, additionalProperties: { type: 'string' } };
    const raw = { properties: {}, 'x-kubernetes-preserve-unknown-fields': true };
    expect([strict(map), strict(raw)]).toEqual([map, raw]);
  });

  it('keeps a field that is called like a keyword', () => {
    const schema = {
      properties: { description: { type: 'string', description: 'prose' }, properties: { type: 'object' } },
    };
    expect(strict(schema)).toMatchObject({
      properties: { description: { type: 'string' }, properties: { type: 'object' } },
    });
  });
});

describe('the folder of schemas', () => {
  const folder = temporaryFolder();
  const template = writeSchemas(folder);
  const read = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'));

  it('is where kubeconform is told to look', () => {
    expect(template).toBe(join(folder, SCHEMA_TEMPLATE));
  });

  it('has kinds of Kubernetes, strict through all that they refer to', () => {
    const probe =
      read('apps/v1/deployment.json').properties.spec.properties.template.properties.spec.properties.containers.items;
    expect(probe.properties.livenessProbe).toMatchObject({
      additionalProperties: false,
      properties: { periodSeconds: { type: 'integer' } },
    });
    expect(JSON.stringify(read('apps/v1/deployment.json'))).not.toContain('$ref');
  });

  it('has core kinds where kubeconform takes the version for the group', () => {
    expect(read('v1/v1/service.json').additionalProperties).toBe(false);
  });

  it('has the imported custom resources', () => {
    expect(read('metallb.io/v1beta1/ipaddresspool.json').properties.spec).toMatchObject({
      additionalProperties: false,
      required: ['addresses'],
    });
  });

  it('ends where a schema refers to itself', () => {
    const definition = read('apiextensions.k8s.io/v1/customresourcedefinition.json');
    expect(
      definition.properties.spec.properties.versions.items.properties.schema.properties.openAPIV3Schema.properties.not,
    ).toEqual({});
  });
});

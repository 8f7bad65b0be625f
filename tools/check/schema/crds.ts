import * as z from 'zod';
import { valueAt } from '../../manifests/pods';
import { parse } from '../../parse/parse';
import type { Schema } from './json-schema';

/** What is read of a CustomResourceDefinition; the rest passes. */
const crd = z.looseObject({
  spec: z.looseObject({
    group: z.string(),
    names: z.looseObject({ kind: z.string() }),
    versions: z.array(
      z.looseObject({
        name: z.string(),
        served: z.boolean(),
        schema: z.looseObject({ openAPIV3Schema: z.custom<Schema>((value) => typeof value === 'object') }).optional(),
      }),
    ),
  }),
});

/** A kind that a custom resource definition adds to the API. */
export interface ServedKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** As JSON Schema. Rules in CEL (`x-kubernetes-validations`) are left to the API server. */
  readonly schema: Schema;
}

/**
 * Kinds that a CustomResourceDefinition serves.
 * @throws Refused where it is none.
 */
export function servedKinds(definition: unknown): ServedKind[] {
  const { spec } = parse(
    crd,
    definition,
    `CustomResourceDefinition ${String(valueAt(definition, ['metadata', 'name']))}`,
  );
  return spec.versions
    .filter(({ served }) => served)
    .map(({ name, schema }) => ({
      apiVersion: `${spec.group}/${name}`,
      kind: spec.names.kind,
      schema: toJsonSchema(schema?.openAPIV3Schema ?? { 'x-kubernetes-preserve-unknown-fields': true }),
    }));
}

/** A structural schema in JSON Schema's words: `x-kubernetes-int-or-string` has no type of its own. */
function toJsonSchema(schema: Schema): Schema {
  const converted: Schema = { ...schema };
  if (schema['x-kubernetes-int-or-string']) converted.type = ['integer', 'string'];
  if (schema.items) converted.items = toJsonSchema(schema.items);
  if (typeof schema.additionalProperties === 'object') {
    converted.additionalProperties = toJsonSchema(schema.additionalProperties);
  }
  if (schema.properties) {
    converted.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, toJsonSchema(field)]),
    );
  }
  return converted;
}

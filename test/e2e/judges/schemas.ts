import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readDocuments } from '../../../tools/manifests/yaml';
import { Refused } from '../../../tools/parse/parse';
import { ROOT } from './subjects';

const IMPORTS = join(ROOT, 'imports');

type Schema = { readonly [keyword: string]: unknown };

type Definitions = Readonly<Record<string, Definition>>;

interface Definition extends Schema {
  readonly 'x-kubernetes-group-version-kind'?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

/** Where kubeconform finds a kind's schema below the folder: what it calls a core object's group is the version. */
export const SCHEMA_TEMPLATE = '{{ .Group }}/{{ .ResourceAPIVersion }}/{{ .ResourceKind }}.json';

const schemaFile = (group: string, version: string, kind: string): string =>
  `${group || version}/${version}/${kind.toLowerCase()}.json`;

/**
 * Writes a folder of schemas for kubeconform, one a kind: those of Kubernetes and of the imported CRDs, each strict and
 * without references, so that an error names the field and not the reference that led there.
 * @returns what to pass as `-schema-location`.
 */
export function writeSchemas(folder: string): string {
  const { definitions } = JSON.parse(readFileSync(kubernetesDefinitions(), 'utf8')) as { definitions: Definitions };
  const resolve = resolver(definitions);
  for (const [name, definition] of Object.entries(definitions)) {
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
      write(folder, schemaFile(group, version, kind), resolve(name));
    }
  }
  for (const { group, version, kind, schema } of customResources()) {
    write(folder, schemaFile(group, version, kind), strict(schema));
  }
  return join(folder, SCHEMA_TEMPLATE);
}

/**
 * Writes the same schemas as they are vendored: one file of definitions that refer to each other, and a kind a reference
 * into it. kubeconform reads all of it for every kind; this is what its speed is compared on.
 * @returns what to pass as `-schema-location`.
 */
export function writeReferringSchemas(folder: string): string {
  const { definitions } = JSON.parse(readFileSync(kubernetesDefinitions(), 'utf8')) as { definitions: Definitions };
  write(folder, 'definitions.json', { definitions: each(definitions, (definition) => strict(definition)) });
  for (const [name, definition] of Object.entries(definitions)) {
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
      write(folder, schemaFile(group, version, kind), { $ref: `../../definitions.json#/definitions/${name}` });
    }
  }
  return join(folder, SCHEMA_TEMPLATE);
}

/** Gives definitions with everything that they refer to in its place, each made once. */
function resolver(definitions: Definitions): (name: string) => unknown {
  const made = new Map<string, unknown>();
  const resolve = (name: string): unknown => {
    if (!made.has(name)) {
      // What refers to itself, as a schema in a CRD does, is not looked into there.
      made.set(name, {});
      made.set(
        name,
        strict(definitions[name], (reference) => resolve(reference.replace('#/definitions/', ''))),
      );
    }
    return made.get(name);
  };
  return resolve;
}

function kubernetesDefinitions(): string {
  const folder = join(IMPORTS, 'kubernetes');
  const [file, ...others] = readdirSync(folder).filter((name) => name.endsWith('.definitions.json'));
  if (file === undefined || others.length > 0)
    throw new Refused([
      `imports/kubernetes: holds ${others.length + (file ? 1 : 0)} files of definitions; expected one`,
    ]);
  return join(folder, file);
}

interface CustomResourceDefinition {
  readonly kind: string;
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: Schema } }[];
  };
}

/** Every version of every CRD below imports/. */
function customResources() {
  const files = readdirSync(IMPORTS, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.crd.yaml'),
  );
  return files
    .flatMap((file) => readDocuments(readFileSync(join(IMPORTS, file), 'utf8'), `imports/${file}`))
    .map(({ value }) => value as CustomResourceDefinition)
    .flatMap(({ spec }) =>
      spec.versions.map(({ name, schema }) => ({
        group: spec.group,
        version: name,
        kind: spec.names.kind,
        schema: schema.openAPIV3Schema,
      })),
    );
}

/**
 * A schema that takes no field but its own. kubeconform's `-strict` alone only picks stricter files by name.
 * @param resolve gives what a reference refers to.
 */
export function strict(
  schema: unknown,
  resolve: (reference: string) => unknown = (reference) => ({ $ref: reference }),
): unknown {
  if (Array.isArray(schema)) return schema.map((one) => strict(one, resolve));
  if (typeof schema !== 'object' || schema === null) return schema;
  const { $ref, properties, description: _, ...rest } = schema as Schema;
  if (typeof $ref === 'string') return resolve($ref);
  const keywords = each(rest, (value) => strict(value, resolve));
  if (properties === undefined) return keywords;
  // A field may be called `description` or `properties` itself.
  const fields = each(properties as Schema, (field) => strict(field, resolve));
  return { ...(open(schema as Schema) ? {} : { additionalProperties: false }), ...keywords, properties: fields };
}

const each = (schema: Schema, change: (value: unknown) => unknown): Schema =>
  Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, change(value)]));

const open = (schema: Schema): boolean =>
  schema.additionalProperties !== undefined || schema['x-kubernetes-preserve-unknown-fields'] === true;

function write(folder: string, path: string, schema: unknown): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), JSON.stringify(schema));
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { load } from 'js-yaml';
import { oneOf, Refused } from '../../parse/parse';
import { QUANTITY } from '../../parse/quantity';
import { servedKinds } from './crds';
import type { Schema } from './json-schema';

const IMPORTS = join(__dirname, '../../../imports');

interface Definition extends Schema {
  'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

/** What the API server of one minor, and the operators that we know, accept. */
export interface Schemas {
  /** Minor of Kubernetes: `1.36`. */
  readonly kubernetes: string;
  /** What judges objects of that kind; undefined where nothing is known of it. Compiled on first use. */
  validatorOf(apiVersion: string, kind: string): ValidateFunction | undefined;
  /** API groups of Kubernetes itself; the core group is the empty one. */
  builtInGroups(): ReadonlySet<string>;
  /** API versions that serve a kind. */
  versionsOf(kind: string): readonly string[];
  /** Kinds of an API version. */
  kinds(apiVersion: string): readonly string[];
}

/** Minors whose definitions lie in `imports/kubernetes`, oldest first. */
export function vendoredMinors(): string[] {
  return readdirSync(join(IMPORTS, 'kubernetes'))
    .flatMap((file) => /^v(1\.\d+)\.definitions\.json$/.exec(file)?.[1] ?? [])
    .sort((a, b) => Number(a.slice(2)) - Number(b.slice(2)));
}

/**
 * Reads the definitions of a minor and the CRDs beside them.
 * @param minor of the cluster; without one, the newest that is vendored.
 * @param crds custom resource definitions that the judged manifests bring themselves.
 * @throws Refused where that minor is not vendored.
 */
export function loadSchemas(minor: string | undefined, crds: readonly unknown[] = []): Schemas {
  const minors = vendoredMinors();
  const kubernetes = minor ?? minors.at(-1) ?? '';
  if (!minors.includes(kubernetes)) {
    throw new Refused([
      `kubernetes ${kubernetes}: imports/kubernetes holds no v${kubernetes}.definitions.json; expected ${oneOf(minors)}. Import the definitions of that minor, or judge by another inventory`,
    ]);
  }
  const file = join(IMPORTS, 'kubernetes', `v${kubernetes}.definitions.json`);
  const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Record<string, Definition> };
  return compile(kubernetes, definitions, [...vendoredCrds(), ...crds]);
}

function vendoredCrds(): unknown[] {
  const folders = readdirSync(IMPORTS, { withFileTypes: true, recursive: true });
  return folders
    .filter(({ name }) => name.endsWith('.crd.yaml'))
    .map(({ name, parentPath }) => load(readFileSync(join(parentPath, name), 'utf8')));
}

function compile(kubernetes: string, definitions: Record<string, Definition>, crds: readonly unknown[]): Schemas {
  // Kubernetes' keywords are not JSON Schema's; ajv need not judge the schemas themselves.
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    inlineRefs: false,
    code: { optimize: false },
    validateSchema: false,
    meta: false,
    verbose: true,
    logger: false,
  });
  addFormats(ajv);
  const references = new Map<string, string>();
  const groups = new Set<string>();
  const keyOf = (apiVersion: string, kind: string) => `${apiVersion}/${kind}`;
  for (const [name, definition] of Object.entries(definitions)) {
    close(definition);
    for (const { group, version, kind } of definition['x-kubernetes-group-version-kind'] ?? []) {
      const apiVersion = group === '' ? version : `${group}/${version}`;
      references.set(keyOf(apiVersion, kind), `${DEFINITIONS}#/definitions/${name}`);
      groups.add(group);
    }
  }
  definitions[QUANTITY_TYPE] = { type: ['string', 'number'], pattern: QUANTITY.source };
  ajv.addSchema({ $id: DEFINITIONS, definitions });
  for (const { apiVersion, kind, schema } of crds.flatMap(servedKinds)) {
    close(schema);
    schema.properties = { ...schema.properties, ...OF_EVERY_OBJECT };
    ajv.removeSchema(keyOf(apiVersion, kind));
    ajv.addSchema(schema, keyOf(apiVersion, kind));
    references.set(keyOf(apiVersion, kind), keyOf(apiVersion, kind));
  }
  const parts = [...references.keys()].map((key) => ({
    apiVersion: key.slice(0, key.lastIndexOf('/')),
    kind: key.slice(key.lastIndexOf('/') + 1),
  }));
  return {
    kubernetes,
    validatorOf: (apiVersion, kind) => {
      const reference = references.get(keyOf(apiVersion, kind));
      return reference === undefined ? undefined : ajv.getSchema(reference);
    },
    builtInGroups: () => groups,
    versionsOf: (kind) => parts.filter((part) => part.kind === kind).map((part) => part.apiVersion),
    kinds: (apiVersion) => parts.filter((part) => part.apiVersion === apiVersion).map(({ kind }) => kind),
  };
}

/** A URN, because a name would be resolved against the schema that refers to it. */
const DEFINITIONS = 'urn:kubernetes:definitions';

/** Fields that a custom resource has without its definition naming them. */
const OF_EVERY_OBJECT: Readonly<Record<string, Schema>> = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: { $ref: `${DEFINITIONS}#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta` },
};

const QUANTITY_TYPE = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

/** Closes objects whose fields are known, as the API server does in strict validation. */
function close(schema: Schema): void {
  if (
    schema.properties &&
    schema.additionalProperties === undefined &&
    !schema['x-kubernetes-preserve-unknown-fields']
  ) {
    schema.additionalProperties = false;
  }
  for (const field of Object.values(schema.properties ?? {})) close(field);
  if (schema.items) close(schema.items);
  if (typeof schema.additionalProperties === 'object') close(schema.additionalProperties);
}

import type { ErrorObject } from 'ajv';
import { groupOf } from '../../manifests/kinds';
import type { Path } from '../../manifests/yaml';
import { closestName, oneOf, show } from '../../parse/parse';
import { QUANTITY } from '../../parse/quantity';
import type { Manifest } from '../../render/order';
import type { Check, Subject } from '../check';
import type { Schema } from './json-schema';

export const served: Check = {
  id: 'schema/served',
  what: 'Every object is of a kind and version that the API server of this minor serves.',
  why: 'A removed version is refused at the first release after an upgrade, when nobody expects it.',
  exempt:
    'Never for a built-in kind. A kind without a known CRD is no finding; the check says that it could not judge it.',
  judge: ({ set, schemas, report, cannotJudge }) => {
    const unknown = new Set<string>();
    for (const object of set.objects) {
      const { apiVersion, kind } = object;
      if (schemas.validatorOf(apiVersion, kind)) continue;
      const group = groupOf(apiVersion);
      const versions = schemas.versionsOf(kind);
      const isCustom = mayBeCustom(schemas, group);
      if (isCustom && !versions.some((version) => groupOf(version) === group)) {
        unknown.add(`${apiVersion} ${kind}`);
      } else if (versions.length > 0) {
        report(
          object,
          ['apiVersion'],
          `${kind} is not served as ${apiVersion} by ${isCustom ? 'its definition' : `Kubernetes ${schemas.kubernetes}`}`,
          oneOf(versions),
        );
      } else {
        const near = closestName(kind, schemas.kinds(apiVersion));
        report(
          object,
          ['kind'],
          `${apiVersion} of Kubernetes ${schemas.kubernetes} has no kind ${show(kind)}`,
          near ? `\`${near}\`` : 'a kind of that version',
        );
      }
    }
    if (unknown.size > 0) {
      cannotJudge(`no schema is known of ${[...unknown].join(', ')}; put the CRD into the folder, or into imports/`);
    }
  },
};

/** A custom resource's group is a domain, so that it never meets Kubernetes' own; of one group not every kind is known. */
const mayBeCustom = (schemas: Subject['schemas'], group: string): boolean =>
  group.includes('.') && !schemas.builtInGroups().has(group);

export const shape: Check = {
  id: 'schema/shape',
  what: 'Every field exists in its kind, has its type, and no required one is missing.',
  why: 'kubectl warns of an unknown or mis-cased field and the API server drops it; what it should have done does not happen.',
  exempt: 'Never. If the definitions are older than the cluster, import those of its minor.',
  judge: ({ set, schemas, report }) => {
    for (const object of set.objects) {
      const validate = schemas.validatorOf(object.apiVersion, object.kind);
      if (!validate || validate(object)) continue;
      for (const error of validate.errors ?? []) {
        const fault = faultOf(object, error);
        if (fault) report(object, fault.path, fault.wrong, fault.right);
      }
    }
  },
};

/** Whether an object cannot be read field by field: something has another type than its kind says, or is missing. */
export function isMisshapen(object: Manifest, schemas: Subject['schemas']): boolean {
  const validate = schemas.validatorOf(object.apiVersion, object.kind);
  if (!validate || validate(object)) return false;
  return (validate.errors ?? []).some(({ keyword }) => keyword !== 'additionalProperties');
}

interface Fault {
  readonly path: Path;
  readonly wrong: string;
  readonly right: string;
}

/** What one of ajv's errors says to somebody who never saw a schema; nothing where another error says it. */
function faultOf(object: Manifest, error: ErrorObject): Fault | undefined {
  // An alternative's own faults: the alternation tells them once.
  if (/\/(oneOf|anyOf|allOf|not)\//.test(error.schemaPath)) return undefined;
  // A fraction has neither the type nor the format of an integer: the type tells it.
  if (error.keyword === 'format' && typeof error.data === 'number' && !Number.isInteger(error.data)) return undefined;
  const path = pathOf(error.instancePath, object);
  if (error.keyword === 'additionalProperties') {
    const name = String(error.params.additionalProperty);
    const known = Object.keys((error.parentSchema as Schema).properties ?? {});
    const near = closestName(name, known);
    return { path: [...path, name], wrong: 'is no field here', right: near ? `\`${near}\`` : oneOf(known) };
  }
  if (error.keyword === 'required') {
    const field = String(error.params.missingProperty);
    return { path: [...path, field], wrong: 'is missing', right: 'a value: the field is required' };
  }
  return {
    path,
    wrong: `is ${isSecret(object, path) ? 'something else' : show(error.data)}`,
    right: expectationOf(error),
  };
}

/** What somebody wrote into a Secret is not for a log, least of all where it was to be encoded and is not. */
const isSecret = ({ kind }: Manifest, path: Path): boolean =>
  kind === 'Secret' && ['data', 'stringData'].includes(String(path[0]));

function expectationOf({ keyword, params, parentSchema, message }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return `the type ${[params.type].flat().join(' or ')}`;
    case 'oneOf':
    case 'anyOf': {
      const { oneOf: one, anyOf: any } = parentSchema as Record<string, { type?: string }[] | undefined>;
      const types = (one ?? any ?? []).flatMap(({ type }) => type ?? []);
      return types.length > 0 ? `the type ${types.join(' or ')}` : 'one of the alternatives of its schema';
    }
    case 'enum':
      return oneOf(params.allowedValues as unknown[]);
    case 'format':
      return `the format ${String(params.format)}`;
    case 'pattern':
      return params.pattern === QUANTITY.source
        ? 'a quantity such as 250m or 128Mi'
        : `a text of the form ${String(params.pattern)}`;
    default:
      return `a value that ${message ?? `meets \`${keyword}\``}`;
  }
}

/** A JSON pointer as a path: a step below an array is an index. */
function pathOf(pointer: string, object: Manifest): Path {
  let at: unknown = object;
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => {
      const key = Array.isArray(at) ? Number(step) : step;
      at = (at as Record<string | number, unknown>)[key];
      return key;
    });
}

import { type Path, readDocuments } from '../../manifests/yaml';
import { Refused } from '../../parse/parse';
import type { Check } from '../check';
import { textsIn, textsOf } from './texts';

const RIGHT = "its name and keys in the environment's contract; the Secret itself is made on the cluster";

export const secretObjects: Check = {
  id: 'secrets/object',
  what: 'There is no Secret: not as an object, not in a list, not as a field of another object, not as a manifest within a string or its base64.',
  why: 'Base64 hides nothing; git keeps every version of it for everybody who may clone.',
  exempt: 'Never. Secrets are named in the contract; sealed ones and references of an external store are no Secrets.',
  judge: ({ set, report }) => {
    for (const object of set.objects) {
      if (isSecretKind(object)) report(object, ['kind'], `is ${object.kind}`, RIGHT);
      else for (const path of secretsIn(object, [])) report(object, path, 'is a Secret', RIGHT);
      for (const { path, text } of textsOf(object)) {
        if (isManifestOfSecret(text)) report(object, path, 'holds the manifest of a Secret', RIGHT);
      }
    }
  },
};

/** Something in `value` that is a Secret: it says so, and has what only the object itself has, not a reference to it. */
function* secretsIn(value: unknown, path: Path): Generator<Path> {
  if (typeof value !== 'object' || value === null) return;
  if (isSecretKind(value) && ['data', 'stringData', 'metadata', 'items'].some((field) => field in value)) yield path;
  for (const [key, field] of Object.entries(value))
    yield* secretsIn(field, [...path, Array.isArray(value) ? Number(key) : key]);
}

function isSecretKind(value: object): boolean {
  const { apiVersion, kind } = value as Readonly<Record<string, unknown>>;
  return apiVersion === 'v1' && (kind === 'Secret' || kind === 'SecretList');
}

const isOrHoldsSecret = (value: unknown): boolean =>
  typeof value === 'object' &&
  (!secretsIn(value, []).next().done || [...textsIn(value, [])].some(({ text }) => isManifestOfSecret(text)));

function isManifestOfSecret(text: string): boolean {
  if (!/kind["']?\s*:\s*["']?Secret(List)?\b/.test(text)) return false;
  try {
    return readDocuments(text, '').some(({ value }) => isOrHoldsSecret(value));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // A template, or a script that writes a manifest: no YAML, and still a Secret where it brings data.
    return /^\s*(data|stringData):/m.test(text);
  }
}

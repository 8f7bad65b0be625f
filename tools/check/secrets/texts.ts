import type { Path } from '../../manifests/yaml';
import type { Manifest } from '../../render/order';

/** A string of an object, or what one says when its base64 is decoded. */
export interface Text {
  /** Where the string stands. */
  readonly path: Path;
  readonly text: string;
}

/** Objects are read once, however many checks ask. */
const known = new WeakMap<Manifest, readonly Text[]>();

/** Every string of an object at any depth, each followed by the texts that are encoded in it. */
export function textsOf(object: Manifest): readonly Text[] {
  const found = known.get(object) ?? [...textsIn(object, [])];
  known.set(object, found);
  return found;
}

/** Texts of a value that may be no object of the set. */
export function* textsIn(value: unknown, path: Path): Generator<Text> {
  if (typeof value === 'string') yield* unfold(value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, field] of Object.entries(value))
    yield* textsIn(field, [...path, Array.isArray(value) ? Number(key) : key]);
}

function* unfold(text: string, path: Path): Generator<Text> {
  yield { path, text };
  for (const decoded of decode(text)) yield* unfold(decoded, path);
}

/** Base64 as a whole value, perhaps on several lines, or as a run within one, such as a key in a kubeconfig. */
const WHOLE = /^[A-Za-z0-9+/\s]{12,}={0,2}\s*$/;
const RUN = /[A-Za-z0-9+/]{40,}={0,2}/g;

function decode(text: string): string[] {
  const encoded = WHOLE.test(text) ? [text] : (text.match(RUN) ?? []);
  return encoded.map((run) => Buffer.from(run, 'base64').toString('utf8')).filter(isReadable);
}

/** What is no UTF-8 decodes to U+FFFD: icons, digests and words that only look like base64. */
const isReadable = (text: string): boolean => !/\ufffd|[^\P{Cc}\s]/u.test(text);

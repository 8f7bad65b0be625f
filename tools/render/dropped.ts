/**
 * Fields that a typed object was given and did not write. cdk8s' generated classes copy the fields that they know and
 * leave out the rest without a word; the compiler sees a misspelt one in a plain literal only, not behind a spread or
 * in what a callback returns.
 * @param given the object's properties before its class filtered them.
 * @param written what it renders.
 */
export function* droppedFields(given: unknown, written: unknown, path = ''): Generator<string> {
  if (Array.isArray(given)) {
    const entries = Array.isArray(written) ? written : [];
    for (const [index, entry] of given.entries()) yield* droppedFields(entry, entries[index], `${path}[${index}]`);
  } else if (isObject(given)) {
    if (!isObject(written)) {
      if (!isWrapped(given, written)) yield path;
      return;
    }
    const names = new Map(Object.keys(written).map((name) => [name.toLowerCase(), name]));
    for (const [field, value] of Object.entries(given)) {
      const at = path === '' ? field : `${path}.${field}`;
      const name = written[field] === undefined ? names.get(field.toLowerCase()) : field;
      if (name === undefined) yield at;
      else yield* droppedFields(value, written[name], at);
    }
  } else if (written === undefined) {
    yield path;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `Quantity` and `IntOrString` stand in a box before they are written. */
const isWrapped = (given: Record<string, unknown>, written: unknown): boolean =>
  'value' in given && given.value === written;

import { immutableChanges } from '../../manifests/immutable';
import { showPath } from '../../manifests/yaml';
import type { Manifest } from '../../render/order';
import type { LiveObject } from '../api/client';
import type { ApiError } from '../api/error';
import { nameOf } from './conflicts';

const IMMUTABLE =
  /immutable|updates to .* are forbidden|may not (be )?(change|update)|can ?not be changed|is forbidden/i;
const MOST = 200;

/** What the server refuses of an object, a line each: the field, its words and how to go on. */
export function refusalsOf(object: Manifest, live: LiveObject | undefined, { code, status }: ApiError): string[] {
  const name = nameOf(object);
  const causes = status.details?.causes ?? [];
  const words = status.message ?? `ended with code ${code}`;
  if (code !== 422)
    return [`${name}: ${brief(words)}${code === 403 ? '; who applies may not, or the cluster does not admit it' : ''}`];
  const fixed = live && IMMUTABLE.test(words) ? immutableChanges(live, object) : [];
  if (fixed.length > 0) {
    return fixed.map(
      ({ path, why }) =>
        `${name}: ${showPath(path)} never changes: ${why}. \`slipway diff\` explains it; keep the field as it is, or delete the object and have it made anew, which is a person's decision`,
    );
  }
  if (causes.length === 0) return [`${name}: ${brief(words)}`];
  return causes.map(({ field, message = words }) => `${name}: ${field ? `${field}: ` : ''}${brief(message)}`);
}

/** Whether an object was refused because its namespace is not there. */
export const lacksNamespace = ({ code, status }: ApiError): boolean =>
  code === 404 && status.details?.kind === 'namespaces';

/** The server repeats the whole value before it says what is wrong with it: the end is what counts. */
function brief(words: string): string {
  const line = words.replaceAll(/\s+/g, ' ').trim();
  return line.length <= MOST ? line : `${line.slice(0, MOST / 2)} … ${line.slice(-MOST / 2)}`;
}

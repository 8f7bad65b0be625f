import { closestName, oneOf } from '../../parse/parse';

/** More names than that help nobody to find the right one. */
const MOST = 10;

/**
 * What a name that stands for nothing may have meant, as a finding's `right`: the nearest name, or those that there are.
 * @param otherwise what to say where there is no name to choose from, or too many.
 */
export function meant(name: string, known: readonly string[], otherwise: string): string {
  const near = closestName(name, known);
  if (near !== undefined) return `\`${near}\``;
  return known.length > 0 && known.length <= MOST ? oneOf(known) : otherwise;
}

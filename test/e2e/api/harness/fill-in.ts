/**
 * What somebody who adopts the sample writes in its place: an account, names and networks of their own. Each is a text
 * of cluster/specs and charts/environments that stands for nobody, and one that could be somebody's.
 */
export const VALUES: readonly (readonly [sample: string, own: string])[] = [
  ['123456789012', '210987654321'],
  ['example.com', 'internal'],
  ['198.51.100.', '10.20.100.'],
  ['192.0.2.', '10.20.2.'],
];

/** Replaces every sample value of a text. */
export const fillIn = (text: string): string =>
  VALUES.reduce((filled, [sample, own]) => filled.replaceAll(sample, own), text);

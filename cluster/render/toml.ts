// The package comes as both kinds of module and has types for one of them.
const { stringify }: typeof import('smol-toml', { with: { 'resolution-mode': 'import' }}) = require('smol-toml');

/** An object as a file of TOML. */
export const toml = (value: object): string => `${stringify(value).trimEnd()}\n`;

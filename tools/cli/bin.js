#!/usr/bin/env node
// The command's few lines of JavaScript: from here on it is TypeScript, compiled by swc as it is loaded.
// ts-node would load the whole TypeScript compiler first, a fifth of a second before anything happens.
const { transformSync } = require('@swc/core');
const { addHook } = require('pirates');

const options = {
  swcrc: false,
  configFile: false,
  sourceMaps: 'inline',
  module: { type: 'commonjs' },
  jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
};
addHook((code, filename) => transformSync(code, { ...options, filename }).code, { exts: ['.ts'] });
process.setSourceMapsEnabled(true);
require('./slipway').run(process.argv);

#!/usr/bin/env node
// The command's one line of JavaScript: from here on it is TypeScript, compiled by swc as it is loaded.
require('ts-node').register({ cwd: require('node:path').join(__dirname, '../..') });
require('./slipway').run(process.argv);

/** Suites that need a control plane: `npm run e2e:api` runs them, `npm test` does not. */
module.exports = {
  ...require('../../../jest.config'),
  rootDir: '../../..',
  roots: ['<rootDir>/test/e2e/api'],
  testMatch: ['**/*.api.test.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/e2e/api/harness/teardown.ts'],
  testTimeout: 120_000,
  maxWorkers: 1,
  verbose: true,
};

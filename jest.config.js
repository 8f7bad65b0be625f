/** Test path equals source path: test/charts/lib/route.test.ts tests charts/lib/route.ts. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  // Suites of the API need a control plane: `npm run e2e:api`.
  testMatch: ['**/*.test.ts', '!**/*.api.test.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }] },
  maxWorkers: 2,
};

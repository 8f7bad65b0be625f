import { compareSuites, listSuites } from './suites';

const report = {
  testResults: [
    { name: '/repo/test/b.test.ts', assertionResults: [{ status: 'passed' }, { status: 'pending' }] },
    { name: '/repo/test/a.test.ts', assertionResults: [{ status: 'passed' }, { status: 'passed' }] },
  ],
};

describe('the list of suites', () => {
  it('counts what passed: a skipped test is none', () => {
    expect(Object.entries(listSuites('/repo', report))).toEqual([
      ['test/a.test.ts', 2],
      ['test/b.test.ts', 1],
    ]);
  });

  it('agrees with a run that is the same', () => {
    expect(compareSuites({ 'a.test.ts': 2 }, { 'a.test.ts': 2 })).toEqual([]);
  });

  it('misses a suite that did not run, a test that was left out, and a suite that nobody listed', () => {
    expect(compareSuites({ 'a.test.ts': 2, 'b.test.ts': 3 }, { 'b.test.ts': 2, 'c.test.ts': 1 })).toEqual([
      'a.test.ts: nothing passed, 2 tests listed',
      'b.test.ts: 2 tests passed, 3 tests listed',
      'c.test.ts: 1 tests passed, nothing listed',
    ]);
  });

  it('does not miss what a quick run leaves out', () => {
    expect(compareSuites({ 'a.system.test.ts': 2 }, {}, (suite) => !suite.includes('.system.'))).toEqual([]);
  });
});

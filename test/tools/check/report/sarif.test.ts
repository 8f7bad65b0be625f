import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CHECKS } from '../../../../tools/check/checks';
import { sarifReport } from '../../../../tools/check/report/sarif';
import { finding, verdict } from './verdicts';

const check = { id: 'area/name', what: 'What.', why: 'Why.', exempt: 'Exempt.', judge: () => undefined } as const;
const runOf = (...verdicts: Parameters<typeof sarifReport>[0]) => {
  const [run] = sarifReport(verdicts, [check]).runs;
  if (!run) throw new Error('there is no run');
  return run;
};
const resultsOf = (...verdicts: Parameters<typeof sarifReport>[0]) => runOf(...verdicts).results ?? [];
const fingerprint = (fields: Parameters<typeof finding>[0]) =>
  resultsOf(verdict({ findings: [finding(fields)] }))[0]?.partialFingerprints;

describe('a report for code hosts', () => {
  it('is SARIF 2.1.0 of one run of one tool', () => {
    const log = sarifReport([], [check]);
    expect([log.version, log.runs.length, log.runs[0]?.tool.driver.name]).toEqual(['2.1.0', 1, 'slipway check']);
    expect(log.runs[0]?.tool.driver.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(log.runs[0]?.columnKind).toBe('utf16CodeUnits');
  });

  it('has every check as a rule, with its texts', () => {
    expect(runOf().tool.driver.rules).toEqual([
      {
        id: 'area/name',
        shortDescription: { text: 'What.' },
        fullDescription: { text: 'What. Why.' },
        help: { text: 'Why. Exemptions: Exempt.' },
      },
    ]);
    expect(sarifReport([], CHECKS).runs[0]?.tool.driver.rules?.map(({ id }) => id)).toEqual(CHECKS.map(({ id }) => id));
  });

  it('has results even where there are none: hosts close what is gone by that', () => {
    expect(runOf(verdict({})).results).toEqual([]);
  });

  it('puts a finding to its rule, file and line', () => {
    expect(resultsOf(verdict({ findings: [finding()] }))).toMatchObject([
      {
        ruleId: 'area/name',
        level: 'error',
        message: { text: 'Service/shop/chat spec.selector: selects no pod; expected labels that a pod carries' },
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: 'dist/lab/a.yaml' }, region: { startLine: 3 } },
            logicalLocations: [{ fullyQualifiedName: 'Service/shop/chat' }],
          },
        ],
      },
    ]);
  });

  it('has the findings of all folders', () => {
    expect(resultsOf(verdict({ findings: [finding()] }), verdict({ findings: [finding(), finding()] }))).toHaveLength(
      3,
    );
  });

  it.each([
    ['with space/ü.yaml', 'with%20space/%C3%BC.yaml'],
    ['a#b?c.yaml', 'a%23b%3Fc.yaml'],
    ['../dist/a.yaml', '../dist/a.yaml'],
    [resolve('/tmp/a b.yaml'), pathToFileURL('/tmp/a b.yaml').href],
  ])('names a file by a reference that hosts can resolve: %s', (file, uri) => {
    expect(
      resultsOf(verdict({ findings: [finding({ file })] }))[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri,
    ).toBe(uri);
  });

  it('marks what is exempted, with the reason', () => {
    const exemption = { check: 'area/name', object: 'Service/shop/chat', reason: 'It is right here.' };
    expect(resultsOf(verdict({ exempted: [{ finding: finding(), exemption }] }))).toMatchObject([
      { ruleId: 'area/name', suppressions: [{ kind: 'external', justification: 'It is right here.' }] },
    ]);
    expect(resultsOf(verdict({ findings: [finding()] }))[0]).not.toHaveProperty('suppressions');
  });

  it('says what was not judged, of which folder and rule', () => {
    expect(runOf(verdict({ unanswered: [{ check: 'area/name', reason: 'nobody knows' }] })).invocations).toEqual([
      {
        executionSuccessful: true,
        toolExecutionNotifications: [
          {
            level: 'warning',
            message: { text: 'dist/lab: not judged: nobody knows' },
            associatedRule: { id: 'area/name' },
          },
        ],
      },
    ]);
  });
});

describe('the fingerprint of a finding', () => {
  it('stays when lines move', () => {
    expect(fingerprint({ line: 9 })).toEqual(fingerprint({ line: 3 }));
  });

  it.each([
    ['check', { check: 'area/other' }],
    ['file, as environments have the same objects', { file: 'dist/kind/a.yaml' }],
    ['object', { object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'hello' } }],
    ['path', { path: 'spec' }],
    ['fault', { wrong: 'selects too many' }],
  ])('is another one for another %s', (_, fields) => {
    expect(fingerprint(fields)).not.toEqual(fingerprint({}));
  });
});

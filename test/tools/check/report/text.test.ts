import { createColors } from 'picocolors';
import { CHECKS } from '../../../../tools/check/checks';
import { textReport } from '../../../../tools/check/report/text';
import { finding, verdict } from './verdicts';

const plain = (...verdicts: Parameters<typeof textReport>[0]) => textReport(verdicts, createColors(false));

describe('a report for people', () => {
  it('tells each finding on two lines, and the sum', () => {
    expect(plain(verdict({ findings: [finding()] }))).toBe(
      [
        'dist/lab/a.yaml:3  Service/shop/chat',
        '  area/name  spec.selector: selects no pod; expected labels that a pod carries',
        `dist/lab: 5 objects, ${CHECKS.length} checks, 1 finding`,
      ].join('\n'),
    );
  });

  it('names no field where the whole object is meant', () => {
    expect(plain(verdict({ findings: [finding({ path: '' })] }))).toContain('  area/name  selects no pod; expected');
  });

  it('says what was not judged', () => {
    expect(plain(verdict({ unanswered: [{ check: 'area/name', reason: 'nobody knows' }] }))).toContain(
      'not judged  area/name: nobody knows\n',
    );
  });

  it.each([
    [verdict({}), /: 5 objects, \d+ checks, no finding$/],
    [verdict({ objects: 1, findings: [finding(), finding()] }), /: 1 object, \d+ checks, 2 findings$/],
    [
      verdict({ exempted: [{ finding: finding(), exemption: { check: '', object: '', reason: '' } }] }),
      /, no finding, 1 exempted$/,
    ],
  ])('counts: %#', (one, sum) => {
    expect(plain(one)).toMatch(sum);
  });

  it('keeps folders apart by an empty line', () => {
    expect(plain(verdict({}), verdict({ folder: 'dist/kind' }))).toMatch(/finding\n\ndist\/kind: /);
  });

  it('has colours where they are wanted', () => {
    expect(textReport([verdict({ findings: [finding()] })], createColors(true))).toContain('\u001b[31marea/name');
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSurefire } from './surefire';

describe('the reports of a run', () => {
  let target: string;
  beforeEach(() => {
    target = mkdtempSync(join(tmpdir(), 'slipway-surefire-'));
    mkdirSync(join(target, 'surefire-reports'));
  });
  afterEach(() => rmSync(target, { recursive: true }));

  const write = (file: string, attributes: string): void =>
    writeFileSync(
      join(target, 'surefire-reports', file),
      `<?xml version="1.0"?>\n<testsuite xmlns:xsi="x" ${attributes}>\n  <testcase name="a" tests="9"/>\n</testsuite>\n`,
    );

  it('give the number of specs of every class', () => {
    write('TEST-slipway.ASpec.xml', 'name="slipway.ASpec" time="1" tests="3" errors="0" skipped="0" failures="0"');
    write('TEST-harness.BSpec.xml', 'name="harness.BSpec" time="1" tests="12" errors="0" skipped="0" failures="0"');
    write('slipway.ASpec.txt', 'name="slipway.CSpec" tests="1" skipped="0"');
    expect(readSurefire(target)).toEqual({ 'harness.BSpec': 12, 'slipway.ASpec': 3 });
  });

  it('are refused where a spec was skipped', () => {
    write('TEST-slipway.ASpec.xml', 'name="slipway.ASpec" tests="3" errors="0" skipped="2" failures="0"');
    expect(() => readSurefire(target)).toThrow('slipway.ASpec: 2 skipped; expected every spec to run');
  });

  it('are refused where there are none: nothing ran', () => {
    expect(() => readSurefire(target)).toThrow('surefire-reports: no report; expected one for every spec class');
    rmSync(join(target, 'surefire-reports'), { recursive: true });
    expect(() => readSurefire(target)).toThrow('no report');
  });

  it('are refused where they do not say what was counted', () => {
    write('TEST-slipway.ASpec.xml', 'name="slipway.ASpec" tests="3"');
    expect(() => readSurefire(target)).toThrow('TEST-slipway.ASpec.xml: testsuite has no skipped');
  });
});

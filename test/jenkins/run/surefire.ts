import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from '../../../tools/parse/parse';
import type { SuiteList } from '../../run/suites';

/**
 * Specs of a run by class, with the number of those that ran.
 * @param target folder of Maven's build.
 * @throws Refused where nothing ran, or where a spec was skipped: a green run means that everything was executed.
 */
export function readSurefire(target: string): SuiteList {
  const folder = join(target, 'surefire-reports');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^TEST-.*\.xml$/.test(name)) : [];
  if (names.length === 0) throw new Refused([`${folder}: no report; expected one for every spec class`]);
  const suites = names.map((name) => readSuite(readFileSync(join(folder, name), 'utf8'), name));
  const skipped = suites.filter((suite) => suite.skipped > 0);
  if (skipped.length > 0) {
    throw new Refused(skipped.map((suite) => `${suite.name}: ${suite.skipped} skipped; expected every spec to run`));
  }
  return Object.fromEntries(suites.map(({ name, tests }) => [name, tests]));
}

interface Suite {
  readonly name: string;
  readonly tests: number;
  readonly skipped: number;
}

/** Surefire writes what it counted into the attributes of the one `testsuite`. */
function readSuite(xml: string, file: string): Suite {
  const element = /<testsuite\s[^>]*>/.exec(xml)?.[0] ?? '';
  const attribute = (name: string): string => {
    const value = new RegExp(`\\s${name}="([^"]*)"`).exec(element)?.[1];
    if (value === undefined) throw new Refused([`${file}: testsuite has no ${name}; expected a report of Surefire 3`]);
    return value;
  };
  return { name: attribute('name'), tests: Number(attribute('tests')), skipped: Number(attribute('skipped')) };
}

import { join } from 'node:path';
import { Refused } from '../../../tools/parse/parse';
import { runMaven } from './maven';
import { SPECS } from './stages';

/** `npm run jenkins:docs`: DocsSpec writes the help of every step and docs/jenkins-steps.md anew from the steps' tables. Reports of test:jenkins stay. */
runMaven({ ...SPECS, target: join(SPECS.target, 'docs') }, ['test', '-Dtest=DocsSpec', '-Dslipway.docs=write']).catch(
  (error: unknown) => {
    if (!(error instanceof Refused)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  },
);

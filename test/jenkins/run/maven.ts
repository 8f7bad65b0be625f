import { rmSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { Refused } from '../../../tools/parse/parse';

/** A Maven project of jenkins/. */
export interface Project {
  readonly pom: string;
  /** Where it builds. */
  readonly target: string;
}

/** What Maven says, in every version since 3, when it may not ask and does not have what it needs. */
const NOT_AT_HAND = /in offline mode|has not been downloaded from it before/;

/** What Maven compiles is small: code that is compiled quickly beats code that is compiled well. */
const QUICK = { MAVEN_OPTS: `${process.env.MAVEN_OPTS ?? ''} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC`.trim() };

/**
 * Runs goals of a project, without network where everything is at hand; otherwise once with it.
 * Classes and reports of earlier runs go first: those of a spec that was deleted would run, and count, for ever.
 * @throws Refused when a goal fails; Maven has printed why.
 */
export async function runMaven({ pom, target }: Project, goals: readonly string[]): Promise<void> {
  for (const left of ['test-classes', 'surefire-reports']) rmSync(join(target, left), { recursive: true, force: true });
  const words = ['--batch-mode', '--quiet', '--file', pom, `-Dslipway.target=${target}`, ...goals];
  const offline = await execa('mvn', ['--offline', ...words], { all: true, reject: false, env: QUICK });
  if (offline.exitCode === 0) return;
  if (!NOT_AT_HAND.test(offline.all ?? '')) {
    console.log(offline.all);
    throw new Refused([`mvn: ${pom} failed (exit code ${offline.exitCode}); see above`]);
  }
  console.log('   Maven has not everything at hand: asking Maven Central, once.');
  const { exitCode } = await execa('mvn', words, {
    stdio: ['ignore', 'inherit', 'inherit'],
    reject: false,
    env: QUICK,
  });
  if (exitCode !== 0) throw new Refused([`mvn: ${pom} failed (exit code ${exitCode}); see above`]);
}

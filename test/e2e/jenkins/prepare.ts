import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import execa from 'execa';
import { Refused } from '../../../tools/parse/parse';
import { runMaven } from '../../jenkins/run/maven';
import { JENKINS_PACKAGES } from '../../jenkins/run/stages';
import { ensurePackages } from '../../run/install';
import type { Prepared } from '../api/suites';
import { cacheFolder, removeOthers } from '../tools-build/cache';
import { AWS, installAws } from './aws';

const ROOT = join(__dirname, '../../..');
const POM = join(ROOT, 'jenkins/pom.xml');
/** What the interpreter of pipelines is compiled of; specs are no part of it. */
const SOURCES = ['harness', 'hudson', 'org'].map((name) => join(ROOT, 'jenkins/test', name));

/**
 * Makes what the agent of a delivery has, and the Jenkins that it belongs to: the AWS CLI, packages, the compiled interpreter.
 * @param run folder of this run. Packages are copied there: what a workspace gets of them is deleted with it.
 */
export async function prepareDelivery(run: string): Promise<Prepared> {
  await ensurePackages(process.env.CI === 'true', JENKINS_PACKAGES, 'npm run e2e:jenkins');
  await installAws();
  // Of that name, so that packages find one another there.
  const packages = join(run, 'packages/node_modules');
  mkdirSync(dirname(packages));
  await execa('cp', ['--archive', join(ROOT, 'node_modules'), packages]);
  return {
    paths: [AWS.binaries],
    env: { SLIPWAY_PACKAGES: packages, SLIPWAY_JENKINS_CLASSES: await compileInterpreter() },
  };
}

/** Compiles the interpreter where it is another than in earlier runs. @returns its class path. */
async function compileInterpreter(): Promise<string> {
  const files = SOURCES.flatMap(groovyIn);
  const libraries = await listLibraries();
  const classes = join(cacheFolder('cluster'), `interpreter-${hashOf([POM, ...files])}`);
  if (!existsSync(classes)) {
    const unfinished = `${classes}.${process.pid}`;
    const compiler = ['-classpath', libraries, 'org.codehaus.groovy.tools.FileSystemCompiler', '-d', unfinished];
    const { exitCode, all } = await execa('java', [...compiler, ...files], { all: true, reject: false });
    if (exitCode !== 0) throw new Refused([`jenkins/test/harness does not compile:\n${all}`]);
    renameSync(unfinished, classes);
    removeOthers(classes, 'interpreter-');
  }
  return `${classes}:${libraries}`;
}

/** Class path of what Maven brings; the last goal writes the file, so that what is there is whole. */
async function listLibraries(): Promise<string> {
  const target = join(cacheFolder('cluster'), `libraries-${hashOf([POM])}`);
  const file = join(target, 'list');
  if (!existsSync(file)) {
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:build-classpath';
    await runMaven({ pom: POM, target }, [goal, `-Dmdep.outputFile=${file}`]);
  }
  return readFileSync(file, 'utf8').trim();
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

const groovyIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.groovy') && !name.endsWith('Spec.groovy'))
    .map((name) => join(folder, name))
    .sort();

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './tools';

/** A plugin as jenkins-plugin-cli reads it: github.com/jenkinsci/plugin-installation-manager-tool, Plugin Input Format. */
export interface Plugin {
  readonly artifactId: string;
  readonly source: { readonly version: string };
}

/** Plugins that the controller has. */
export const readPlugins = (): Plugin[] =>
  parse(readFileSync(join(ROOT, 'jenkins/controller/plugins.yaml'), 'utf8')).plugins;

/** Jenkins itself brings it. */
export const CORE = 'Jenkins';

/** Which plugin brings a step, a symbol or a global variable of Pipeline: jenkins.io/doc/pipeline/steps. */
const PLUGINS: Readonly<Record<string, readonly string[]>> = {
  'workflow-basic-steps': [
    ...['catchError', 'deleteDir', 'dir', 'echo', 'error', 'fileExists', 'isUnix', 'mail', 'pwd', 'readFile', 'retry'],
    ...['sleep', 'stash', 'timeout', 'unstable', 'unstash', 'waitUntil', 'warnError', 'withEnv', 'writeFile', 'step'],
  ],
  'workflow-durable-task-step': ['sh', 'node', 'ws', 'agent', 'nonresumable'],
  'workflow-cps': ['parallel', 'env', 'params', 'currentBuild', 'script'],
  'workflow-scm-step': ['checkout'],
  'workflow-multibranch': ['scm'],
  'workflow-job': ['disableConcurrentBuilds', 'disableResume', 'durabilityHint'],
  'pipeline-stage-step': ['stage'],
  'pipeline-input-step': ['input'],
  'pipeline-milestone-step': ['milestone'],
  'pipeline-groovy-lib': ['library', 'libraryResource', 'Library'],
  'credentials-binding': ['withCredentials', 'string', 'file', 'usernamePassword', 'sshUserPrivateKey'],
  'aws-credentials': ['AmazonWebServicesCredentialsBinding'],
  'lockable-resources': ['lock'],
  'checks-api': ['publishChecks', 'withChecks'],
  'warnings-ng': ['recordIssues', 'sarif', 'checkStyle', 'hadoLint', 'trivy'],
  junit: ['junit'],
  timestamper: ['timestamps'],
  'ws-cleanup': ['cleanWs'],
  github: ['githubPush'],
  git: ['git', 'GitSCM'],
  [CORE]: ['archiveArtifacts', 'cron', 'pollSCM', 'buildDiscarder', 'logRotator', 'upstream'],
};

/** Plugins that no file of the library names, and why they are there all the same. */
export const BEYOND: Readonly<Record<string, string>> = {
  'pipeline-model-definition': 'Jenkinsfile is declarative',
  'pipeline-graph-view': 'people look at a build',
  'script-security': 'the sandbox of Jenkinsfiles and of this library',
  'github-checks': 'takes what publishChecks says to GitHub',
  'ssh-credentials': 'keys that git and Docker hosts are reached with',
  'configuration-as-code': 'reads casc/',
  mailer: 'the server that the step mail sends by',
};

/** Plugin of a step; nothing where this table does not know it. */
export const pluginOf = (name: string): string | undefined =>
  Object.keys(PLUGINS).find((plugin) => PLUGINS[plugin]?.includes(name));

const groovyBelow = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.groovy'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

const codeOf = (code: string): string =>
  code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$|^import .*$/gm, '$1');

/** Steps, symbols and classes that sources of the library name: `steps.sh(…)`, `[$class: 'GitSCM']`. */
export function stepsOfLibrary(sources = [...groovyBelow('jenkins/src'), ...groovyBelow('jenkins/vars')]): Set<string> {
  const named = sources
    .map(codeOf)
    .flatMap((code) => [...code.matchAll(/\bsteps\.(\w+)|\$class: '(\w+)'/g)])
    .map(([, step, type]) => step ?? type ?? '');
  return new Set(named);
}

/** Sections of a declarative Jenkinsfile; its directives and steps are looked up like every other step. */
const SECTIONS = [
  'pipeline',
  'agent',
  'options',
  'triggers',
  'stages',
  'steps',
  'when',
  'post',
  'environment',
  'parameters',
];
const CONDITIONS = ['branch', 'changeRequest', 'not', 'allOf', 'anyOf', 'expression', 'beforeAgent', 'beforeOptions'];
const POST = ['always', 'success', 'failure', 'unstable', 'aborted', 'fixed', 'changed', 'unsuccessful', 'cleanup'];
const WORDS = ['none', 'label', 'any', 'skipDefaultCheckout', 'parallelsAlwaysFailFast', 'preserveStashes', 'failFast'];
const LANGUAGE = [
  'def',
  'if',
  'else',
  'for',
  'return',
  'new',
  'try',
  'catch',
  'finally',
  'Map',
  'List',
  'String',
  'boolean',
];

/** Steps and directives that a Jenkinsfile or a var names: words that begin a line, or the inside of a block. */
export function stepsOfScript(code: string): Set<string> {
  const known = new Set([...SECTIONS, ...CONDITIONS, ...POST, ...WORDS, ...LANGUAGE]);
  const text = codeOf(code).replace(/'[^']*'|"[^"]*"/g, "''");
  const calls = [...text.matchAll(/(?:^|[{;(])\s*@?([A-Za-z]\w*)(?=\s*[({']|\s+\w+:)/gm)].map(([, name = '']) => name);
  return new Set(calls.filter((name) => !known.has(name)));
}

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { RUN } from '../../api/harness/addresses';
import type { Agent } from './agent';
import type { Origin } from './origin';

/** A credential of the controller. */
export type Credential = { readonly id: string } & (
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'aws' | 'usernamePassword' | 'string'; readonly values: Readonly<Record<string, string>> }
);

/** What a person says when a build asks. */
export interface Answer {
  readonly APPROVER: string;
  readonly REASON: string;
}

/** One build of a multibranch job. */
export interface Order {
  /** Repository of the job; default: the project's. */
  readonly origin?: Origin;
  readonly jenkinsfile?: string;
  /** What the job says of it beside JOB_NAME, BUILD_NUMBER and BUILD_URL; default: branch main. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Branch of `origin` that is built; default: main. */
  readonly branch?: string;
  /** Answers in their order; a question beyond them ends the build, and fails the test. */
  readonly answers?: readonly Answer[];
  /** Somebody aborts the build when a line of its log matches. */
  readonly abort?: RegExp;
}

/** How a build ended, as Jenkins shows it. */
export interface Build {
  readonly result: 'SUCCESS' | 'UNSTABLE' | 'FAILURE' | 'ABORTED';
  readonly description: string | null;
  readonly error: string | null;
  readonly stages: readonly { readonly name: string; readonly status: string }[];
  /** Ids of the credentials that a step bound. */
  readonly credentials: readonly string[];
  readonly questions: readonly string[];
  readonly mails: readonly { readonly to: string; readonly subject: string; readonly body: string }[];
  readonly checks: readonly { readonly name: string; readonly summary: string }[];
  readonly artifacts: readonly string[];
  readonly log: string;
  /** Text of an artifact. */
  artifact(path: string): string;
}

export interface Jenkins {
  /** Runs a build to its end, whatever that is. @throws Error where the interpreter itself gave up: Jenkins could not have gone on. */
  build(order?: Order): Promise<Build>;
}

/** The interpreter of pipelines, with the library of the project's own commit. */
export function startJenkins(options: {
  readonly agent: Agent;
  readonly project: Origin;
  readonly credentials: readonly Credential[];
}): Jenkins {
  const { agent, project, credentials } = options;
  let number = 0;
  return {
    build: async (order = {}) => {
      const { origin = project, jenkinsfile = 'jenkins/Jenkinsfile', branch = 'main', answers = [] } = order;
      number += 1;
      const folder = mkdtempSync(join(RUN, `build-${number}-`));
      const inside = (...path: string[]) => join(folder, ...path);
      const commit = await origin.head(branch);
      for (const name of ['sources', 'library', 'artifacts']) mkdirSync(inside(name));
      await exportTree(origin, commit, jenkinsfile, inside('sources'));
      await exportTree(project, await project.head(), 'jenkins', inside('library'));
      const log = inside('log');
      const variables: Readonly<Record<string, string>> & { readonly JOB_NAME: string } = {
        JOB_NAME: 'delivery',
        BUILD_NUMBER: String(number),
        BUILD_URL: `http://jenkins.internal/job/delivery/${number}/`,
        BRANCH_NAME: branch,
        ...order.variables,
      };
      const scenario = {
        library: inside('library/jenkins'),
        workspace: join(agent.workspaces, variables.JOB_NAME),
        artifacts: inside('artifacts'),
        log,
        variables,
        environment: agent.environment,
        scm: { url: origin.url, branch, commit, target: variables.CHANGE_TARGET },
        credentials,
        inputs: answers,
        abort: order.abort?.source,
      };
      writeFileSync(inside('scenario.json'), JSON.stringify(scenario), { mode: 0o600 });
      const words = ['--jenkinsfile', inside('sources', jenkinsfile), '--scenario', inside('scenario.json')];
      const { exitCode, stdout, stderr } = await execa('java', [...JAVA, 'harness.Main', ...words], { reject: false });
      const said = readFileSync(log, 'utf8');
      if (exitCode !== 0)
        throw new Error(`the interpreter gave up: ${stderr.trim().split('\n').at(-1)}\n${said.slice(-4_000)}`);
      return {
        ...JSON.parse(stdout),
        log: said,
        artifact: (path: string) => readFileSync(inside('artifacts', path), 'utf8'),
      };
    },
  };
}

const JAVA = [
  // A build takes seconds: little is worth compiling.
  ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
  `-Dslipway.jenkins=${join(__dirname, '../../../../jenkins')}`,
  ...['-classpath', process.env.SLIPWAY_JENKINS_CLASSES ?? ''],
];

/** Writes what a commit holds below a path into a folder. */
async function exportTree({ url }: Origin, commit: string, path: string, folder: string): Promise<void> {
  const archive = await execa('git', ['--git-dir', url, 'archive', commit, '--', path], { encoding: null });
  await execa('tar', ['--extract', '--directory', folder], { input: archive.stdout });
  if (readdirSync(folder).length === 0) throw new Error(`${commit} has no ${path}`);
}

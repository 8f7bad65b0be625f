import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import execa from 'execa';
import { temporaryFolder } from '../../support/copy';

const FAKES = join(__dirname, '../../../jenkins/test/fakes/bin');

/** What a call came to. */
export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A workspace, and the world that the fakes play around it. */
export interface Outside {
  readonly workspace: string;
  readonly answers: string;
  readonly state: string;
  /** Environment of everything that runs here. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs one fake: `crane`, `digest`, … */
  run(...words: string[]): Promise<Ended>;
  /** Runs a line of shell. */
  sh(line: string): Promise<Ended>;
  /** Writes a file of the workspace, or of the world by an absolute path. */
  write(file: string, content: string): void;
  read(file: string): string;
  /** argv of every call, in order. */
  calls(): string[][];
}

export function createOutside(more: NodeJS.ProcessEnv = {}): Outside {
  const folder = temporaryFolder();
  const at = (name: string) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  const workspace = at('workspace');
  const [answers, state, login, home] = [at('answers'), at('state'), at('login'), at('home')];
  const log = join(folder, 'log');
  const env = {
    PATH: `${FAKES}:${process.env.PATH}`,
    HOME: home,
    FAKE_LOG: log,
    FAKE_ANSWERS: answers,
    FAKE_STATE: state,
    DOCKER_CONFIG: login,
    AWS_ACCESS_KEY_ID: 'a key',
    AWS_SECRET_ACCESS_KEY: 'its secret',
    ...more,
  };
  const run = async (...[file = '', ...words]: string[]) => {
    const options = { cwd: workspace, env, extendEnv: false, reject: false } as const;
    const { exitCode, stdout, stderr } = await execa(file, words, options);
    return { exitCode, stdout, stderr };
  };
  const place = (file: string) => join(file.startsWith('/') ? '/' : workspace, file);
  return {
    workspace,
    answers,
    state,
    env,
    run,
    sh: (line) => run('/bin/sh', '-c', line),
    write: (file, content) => {
      mkdirSync(dirname(place(file)), { recursive: true });
      writeFileSync(place(file), content);
    },
    read: (file) => readFileSync(place(file), 'utf8'),
    calls: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line).argv)
        : [],
  };
}

/** What a fake says of a call that the tool would refuse. */
export const refusal = (text: string): Ended => ({
  exitCode: 64,
  stdout: '',
  stderr: expect.stringContaining(text) as unknown as string,
});

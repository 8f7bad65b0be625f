import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import execa from 'execa';
import { diffCommand } from '../../../tools/cli/diff';
import { copyOfRepository, plant, temporaryFolder } from '../../support/copy';

jest.setTimeout(180_000);

const copy = copyOfRepository();
const git = (...args: string[]) =>
  execa.sync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: copy });

/** Runs the command of the copy, as `slipway` would, in a process of its own: its exit code is part of its answer. */
const slipwayDiff = (...args: string[]) =>
  execa('node', ['-r', 'ts-node/register', '-e', RUN, '--', ...args], {
    cwd: copy,
    reject: false,
    env: { CI: 'true', NO_COLOR: undefined, FORCE_COLOR: undefined },
  });

const RUN = `
const { diffCommand } = require('./tools/cli/diff');
diffCommand().exitOverride().parseAsync(process.argv.slice(1), { from: 'user' }).catch((error) => {
  if (error.code === undefined) console.error(error.message);
  process.exitCode = 2;
});`;

const REDIS = 'dist/production/workloads/10-redis.yaml';
const old = temporaryFolder();

beforeAll(() => {
  git('init', '-q');
  git('add', '-A', 'dist');
  git('commit', '-qm', 'first');
  cpSync(join(copy, 'dist/production'), old, { recursive: true });
  plant(copy, REDIS, 'storage: 10Gi', 'storage: 20Gi');
  plant(copy, REDIS, 'appendfsync everysec', 'appendfsync always');
  plant(copy, 'dist/lab/workloads/20-chat.yaml', 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false');
});

describe('slipway diff', () => {
  it('compares every environment with what is committed: the sum first, then a line each', async () => {
    const { exitCode, stdout } = await slipwayDiff();
    expect({ exitCode, lines: stdout.split('\n').slice(0, 4) }).toEqual({
      exitCode: 1,
      lines: [
        '0 added, 3 changed: 1 widens access, 1 is refused by the API; 0 removed',
        '  kind: 0 added, 0 changed, 0 removed',
        '  lab: 0 added, 1 changed: 1 widens access; 0 removed',
        '  production: 0 added, 2 changed: 1 is refused by the API; 0 removed',
      ],
    });
  });

  it('shows no line that nobody changed: the file of a script is compared by its lines', async () => {
    const { stdout } = await slipwayDiff('--env', 'production');
    expect(stdout.split('\n').filter((line) => /^ +[+−] /.test(line))).toEqual([
      '    −   appendfsync everysec',
      '    +   appendfsync always',
      // `storage: 10Gi → 20Gi` of the capacity is an amount, not a line.
    ]);
  });

  it('of an environment that did not change ends with 0', async () => {
    const { exitCode, stdout } = await slipwayDiff('--env', 'kind');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '0 added, 0 changed, 0 removed' });
  });

  it('of two folders needs neither git nor dist/', async () => {
    const { exitCode, stdout } = await slipwayDiff(old, 'dist/production', '--json');
    expect({
      exitCode,
      risks: JSON.parse(stdout).comparisons[0].objects.map(({ risk }: { risk: string }) => risk),
    }).toEqual({
      exitCode: 1,
      risks: ['refused', 'safe'],
    });
  });

  it('of two environments is a table', async () => {
    const { exitCode, stdout } = await slipwayDiff('production', 'lab');
    expect({ exitCode, table: /\nobject +field +production +lab\n/.test(stdout) }).toEqual({
      exitCode: 1,
      table: true,
    });
  });

  it('of an environment with itself ends with 0', async () => {
    expect(await slipwayDiff('lab', 'lab')).toMatchObject({ exitCode: 0, stdout: 'lab and lab are equal' });
  });

  it.each([
    ['--markdown', /^0 added.*\n\n### production: HEAD → work tree\n\n\| \| object \| why \|/],
    ['--json', /^\{\n {2}"summary": \{/],
  ])('prints %s where it is asked to', async (option, pattern) => {
    expect((await slipwayDiff('--env', 'production', option)).stdout).toMatch(pattern);
  });

  it.each<[string, string[], RegExp]>([
    ['a revision that there is not', ['--base', 'nowhere'], /--base "nowhere" .*git knows no revision "nowhere"/],
    ['an environment that there is not', ['--env', 'prod'], /^unknown environment "prod"; /],
    [
      'environments that there are not',
      ['prodution', 'lab'],
      /^unknown environment "prodution"; did you mean `production`\?\. A folder is named with a slash: \.\/prodution$/,
    ],
    ['one argument', ['lab'], /"lab" stands alone.*slipway diff --env lab$/],
    [
      'a folder and an environment',
      ['./dist/lab', 'lab'],
      /^diff: \.\/dist\/lab is a folder and the other argument is none/,
    ],
    [
      'a revision for two folders',
      ['--base', 'HEAD', './dist/lab', './dist/kind'],
      /--base and --env are about dist\/ alone/,
    ],
    ['a folder that there is not', ['./missing', './dist/lab'], /^\.\/missing: /],
    ['a folder without manifests', ['./docs', './dist/lab'], /docs/],
    ['a file that is no YAML', ['./README.md', './dist/lab'], /README\.md/],
    ['two ways to print', ['--json', '--markdown'], /cannot be used with option/],
  ])('ends with 2 and one message: %s', async (_, args, message) => {
    const { exitCode, stdout, stderr } = await slipwayDiff(...args);
    expect({ exitCode, stdout, stack: /\n +at /.test(stderr) }).toEqual({ exitCode: 2, stdout: '', stack: false });
    expect(stderr).toMatch(message);
  });
});

describe('the help of slipway diff', () => {
  it('says what its exit codes mean: they are not those of other commands', () => {
    let text = '';
    const program = new Command().addCommand(diffCommand()).exitOverride();
    const [command] = program.commands;
    command
      ?.exitOverride()
      .configureOutput({
        writeOut: (part) => {
          text += part;
        },
      })
      .outputHelp();
    expect(text).toMatch(
      /\nExit codes:\n {2}0 {2}equal\n {2}1 {2}something differs\n {2}2 {2}nothing could be compared/,
    );
  });
});

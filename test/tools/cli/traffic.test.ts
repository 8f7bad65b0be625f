import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadFolder } from '../../../tools/manifests/load';
import { trafficOf } from '../../../tools/manifests/traffic/matrix';
import { trafficGraph } from '../../../tools/manifests/traffic/mermaid';
import { textTable } from '../../../tools/manifests/traffic/table';
import { run, temporaryFolder } from '../../support/copy';

jest.setTimeout(60_000);

const ROOT = join(__dirname, '../../..');
const ENVIRONMENTS = ['dist/kind', 'dist/lab', 'dist/production'];

const traffic = (...args: string[]) => run(ROOT, 'node', 'tools/cli/bin.js', 'traffic', ...args);
const flowsOf = (folder: string) => trafficOf(loadFolder(join(ROOT, folder)));

describe('slipway traffic', () => {
  it('prints a table for every environment of dist/', async () => {
    const { exitCode, stdout } = await traffic();
    const tables = ENVIRONMENTS.map((folder) => `${folder}\n\n${textTable(flowsOf(folder))}`);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: tables.join('\n').trimEnd() });
  });

  it('prints one folder, wherever it lies', async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'pod.yaml'),
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: lonely\nspec:\n  containers: []\n',
    );
    const { stdout } = await traffic(folder);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      [folder],
      [''],
      ['from', 'to', 'ports'],
      ['Pod default/lonely', 'anyone', 'every port'],
      ['anyone', 'Pod default/lonely', 'every port'],
    ]);
  });

  it('prints a graph that starts with the name of its folder, as a comment', async () => {
    const { stdout } = await traffic('dist/lab', '--mermaid');
    expect(`${stdout}\n`).toBe(`%% dist/lab\n${trafficGraph(flowsOf('dist/lab'))}`);
  });

  it('prints flows as JSON and nothing else: a pipe can read it', async () => {
    const { stdout } = await traffic('dist/lab', '--json');
    expect(JSON.parse(stdout)).toEqual([{ folder: 'dist/lab', flows: flowsOf('dist/lab') }]);
  });

  it.each([
    ['a folder that there is not', ['dist/nowhere'], 'dist/nowhere: '],
    ['two kinds of output', ['--json', '--mermaid'], "error: option '--mermaid' cannot be used with option '--json'"],
  ])('ends with code 2 and an empty stdout: %s', async (_, args, message) => {
    const { exitCode, stdout, stderr } = await traffic(...args);
    expect({ exitCode, stdout, told: stderr.startsWith(message) }).toEqual({ exitCode: 2, stdout: '', told: true });
  });
});

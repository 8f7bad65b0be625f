import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecaReturnValue } from 'execa';
import { copyOfRepository, filesIn, plant, run, temporaryFolder } from '../../support/copy';

jest.setTimeout(180_000);

const EDIT = '# edited by hand\n';

const copy = copyOfRepository();
const saved = temporaryFolder();

const synth = (...args: string[]) => run(copy, 'node', 'tools/cli/bin.js', 'synth', ...args);
const dist = () => filesIn(join(copy, 'dist'));

/** Paths of the manifests that a synth of everything wrote. */
const manifests = () =>
  Object.keys(filesIn(saved)).filter((path) => path.endsWith('.yaml') && !path.startsWith('cluster/'));

/** Names of the environments, in the order of their inventories. */
const environments = () =>
  Object.keys(filesIn(saved)).flatMap((path) => /^inventory\/(.*)\.json$/.exec(path)?.[1] ?? []);

const objectsOf = (environment: string): unknown[] =>
  JSON.parse(readFileSync(join(saved, 'inventory', `${environment}.json`), 'utf8')).objects;

/** Brings `dist/` to what a synth of everything wrote. */
function restore(): void {
  rmSync(join(copy, 'dist'), { recursive: true });
  cpSync(saved, join(copy, 'dist'), { recursive: true });
}

/** Edits every manifest, so that a file that was written is told from one that was left alone. */
function edit(): void {
  restore();
  for (const path of manifests()) writeFileSync(join(copy, 'dist', path), EDIT, { flag: 'a' });
}

/** What is still as `edit` left it. */
const stillEdited = () =>
  Object.entries(dist())
    .filter(([, content]) => content.endsWith(EDIT))
    .map(([path]) => path);

beforeAll(async () => {
  const { exitCode, stderr } = await synth();
  if (exitCode !== 0) throw new Error(stderr);
  cpSync(join(copy, 'dist'), saved, { recursive: true });
});

describe('a synth with nothing to do', () => {
  it('says what there is, and that nothing was written', async () => {
    restore();
    const { exitCode, stdout } = await synth();
    const [clusters, last = ''] = stdout.split('\n');
    const [holds, names, changes] = last.split(/ for |: /);
    expect({ exitCode, clusters, holds, names: names?.split(', ').sort(), changes }).toEqual({
      exitCode: 0,
      clusters: 'dist/cluster/ holds what builds the clusters production, kind, lab.',
      holds: `dist/ holds ${environments().flatMap(objectsOf).length} objects in ${manifests().length} files`,
      names: environments(),
      changes: '0 written, 0 removed.',
    });
  });
});

describe('a synth that changes something', () => {
  it('names every file that it wrote or removed, and counts them', async () => {
    restore();
    plant(copy, 'dist/kind/platform/00-namespace.yaml', 'apiVersion', '# edited\napiVersion');
    cpSync(join(copy, 'dist/lab'), join(copy, 'dist/gone'), { recursive: true });
    cpSync(join(copy, 'dist/inventory/lab.json'), join(copy, 'dist/inventory/gone.json'));
    const gone = manifests().flatMap((path) => (path.startsWith('lab/') ? path.replace('lab/', 'gone/') : []));
    const { stdout } = await synth();
    expect(stdout.split('\n').map((line) => line.trim())).toEqual([
      'written  dist/kind/platform/00-namespace.yaml',
      ...[...gone, 'inventory/gone.json'].map((path) => `removed  dist/${path}`),
      expect.stringMatching(/^dist\/cluster\/ holds/),
      expect.stringMatching(new RegExp(`: 1 written, ${gone.length + 1} removed\\.$`)),
    ]);
  });
});

describe('a synth of some environments', () => {
  const asked = ['kind', 'lab'];
  const belongs = (path: string) => asked.some((name) => path.startsWith(`${name}/`));
  let result: ExecaReturnValue;
  beforeAll(async () => {
    edit();
    result = await synth(...asked, '--json');
  });

  it('leaves the others as they are, edits included', () => {
    expect(stillEdited()).toEqual(manifests().filter((path) => !belongs(path)));
  });

  it('brings them to what a synth of everything writes', () => {
    const own = (files: Record<string, string>) => Object.entries(files).filter(([path]) => belongs(path));
    expect(own(dist())).toEqual(own(filesIn(saved)));
  });

  it('prints what it did as JSON and nothing else, where it is asked to: a pipe can read it', () => {
    expect(JSON.parse(result.stdout)).toEqual({
      written: manifests().filter(belongs),
      removed: [],
      environments: expect.arrayContaining(asked),
      clusters: [],
      files: manifests().filter(belongs).length,
      objects: asked.flatMap(objectsOf).length,
    });
  });

  it('tells of them alone', () => {
    expect(JSON.parse(result.stdout).environments).toHaveLength(asked.length);
  });

  it('is done', () => {
    expect(result.exitCode).toBe(0);
  });
});

describe('an environment that there is not', () => {
  let result: ExecaReturnValue;
  beforeAll(async () => {
    edit();
    result = await synth('prodution', 'lab', 'staging-europe', '--json');
  });

  it('is a wrong command line: exit code 2', () => {
    expect(result.exitCode).toBe(2);
  });

  it('is told with the nearest name, and beside every other one', () => {
    expect(result.stderr.split('\n')).toEqual([
      'unknown environment "prodution"; did you mean `production`?',
      expect.stringMatching(/^unknown environment "staging-europe"; expected one of `/),
    ]);
  });

  it('that is near to none lists them all', () => {
    expect(environments().filter((name) => !result.stderr.includes(`\`${name}\``))).toEqual([]);
  });

  it('leaves stdout empty: half an answer is none', () => {
    expect(result.stdout).toBe('');
  });

  it('keeps those that there are from being written', () => {
    expect(stillEdited()).toEqual(manifests());
  });
});

describe('a misspelt environment beside a type error', () => {
  it('is told first: who mistyped a command is not looking for a fault in a chart', async () => {
    const copy = copyOfRepository();
    plant(copy, 'charts/lib/web-app-objects.ts', 'minReadySeconds: 5,', 'minReadySecond: 5,');
    const { exitCode, stderr } = await run(copy, 'node', 'tools/cli/bin.js', 'synth', 'prodution');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'unknown environment "prodution"; did you mean `production`?',
    });
  });
});

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import execa from 'execa';
import { compare, reportOf } from '../../../tools/diff/compare';
import type { Comparison } from '../../../tools/diff/report';
import { environmentSides, environmentsIn, folderSides, isFolder } from '../../../tools/diff/sources';
import { showSummary } from '../../../tools/diff/summary';
import { temporaryFolder } from '../../support/copy';
import { faultsOf } from '../../support/faults';

const object = (name: string, level: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  level: ${level}\n`;

function write(folder: string, files: Record<string, string>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const git = (folder: string, ...args: string[]) =>
  execa.sync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: folder });

/** A repository with two environments, committed. */
function repository(): string {
  const folder = write(temporaryFolder(), {
    'dist/inventory/lab.json': '{}',
    'dist/cluster/lab/kubeadm.yaml': 'apiVersion: v1\nkind: X\n',
    'dist/lab/a.yaml': `${object('one', 'info')}---\n${object('two', 'info')}`,
    'dist/production/a.yaml': object('one', 'info'),
  });
  git(folder, 'init', '-q');
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'first');
  return folder;
}

const comparisons = (folder: string, base = 'HEAD', only?: string): readonly Comparison[] =>
  environmentSides(join(folder, 'dist'), base, only).map(compare);

const outcomes = (folder: string, base?: string) =>
  comparisons(folder, base).map(({ name, status, summary }) => `${name} ${status}: ${showSummary(summary)}`);

const EQUAL = '0 added, 0 changed, 0 removed';

describe('the work tree and a revision', () => {
  it('that are equal differ in nothing, environment by environment', () => {
    expect(outcomes(repository())).toEqual([`lab compared: ${EQUAL}`, `production compared: ${EQUAL}`]);
  });

  it('differ in what is not committed', () => {
    const folder = write(repository(), {
      'dist/lab/a.yaml': `${object('one', 'debug')}---\n${object('three', 'info')}`,
    });
    expect(outcomes(folder)).toEqual(['lab compared: 1 added, 1 changed, 1 removed', `production compared: ${EQUAL}`]);
  });

  it('do not differ by the names of files, the order of documents and of keys, or comments', () => {
    const folder = repository();
    renameSync(join(folder, 'dist/production/a.yaml'), join(folder, 'dist/production/b.yml'));
    const turned = '# new\ndata: { level: "info" }\nmetadata: { name: two }\nkind: ConfigMap\napiVersion: v1\n';
    write(folder, { 'dist/lab/a.yaml': turned, 'dist/lab/deeper/b.yaml': object('one', 'info') });
    expect(outcomes(folder)).toEqual([`lab compared: ${EQUAL}`, `production compared: ${EQUAL}`]);
  });

  it('may have an environment that is new, and one that is gone', () => {
    const folder = write(repository(), { 'dist/staging/a.yaml': object('one', 'info') });
    rmSync(join(folder, 'dist/lab'), { recursive: true });
    expect(outcomes(folder)).toEqual([
      'lab gone: 0 added, 0 changed, 2 removed',
      `production compared: ${EQUAL}`,
      'staging new: 1 added, 0 changed, 0 removed',
    ]);
  });

  it('of any name are compared', () => {
    const folder = write(repository(), { 'dist/lab/a.yaml': object('one', 'debug') });
    git(folder, 'tag', 'v1');
    git(folder, 'commit', '-qam', 'second');
    expect([outcomes(folder)[0], outcomes(folder, 'v1')[0]]).toEqual([
      `lab compared: ${EQUAL}`,
      'lab compared: 0 added, 1 changed, 1 removed',
    ]);
  });

  it('are compared for one environment where one is asked for', () => {
    expect(comparisons(repository(), 'HEAD', 'lab').map(({ name }) => name)).toEqual(['lab']);
  });

  it('name the file of an object that went, as the revision had it', () => {
    const folder = repository();
    rmSync(join(folder, 'dist/lab/a.yaml'));
    write(folder, { 'dist/lab/b.yaml': object('one', 'info') });
    expect(comparisons(folder)[0]?.objects[0]?.file).toMatch(/dist\/lab\/a\.yaml$/);
  });

  it('are refused for an environment that neither has, with the nearest name', () => {
    expect(faultsOf(() => comparisons(repository(), 'HEAD', 'prodution'))).toEqual([
      'unknown environment "prodution"; did you mean `production`?',
    ]);
  });

  it('are refused where git does not know the revision, naming it and what to do', () => {
    const [fault] = faultsOf(() => comparisons(repository(), 'orgin/main'));
    expect(fault).toMatch(
      /--base "orgin\/main" .*git knows no revision "orgin\/main".* Fetch the revision .*slipway diff OLD NEW$/,
    );
  });

  it('are refused outside of git, with the same advice', () => {
    const folder = write(temporaryFolder(), { 'dist/lab/a.yaml': object('one', 'info') });
    expect(faultsOf(() => comparisons(folder))).toEqual([
      expect.stringMatching(/--base "HEAD" .*not a git repository.*slipway diff OLD NEW$/),
    ]);
  });
});

describe('environments', () => {
  it('are the folders of an output folder, inventories and clusters left out', () => {
    expect(environmentsIn(join(repository(), 'dist'))).toEqual(['lab', 'production']);
  });

  it('are none where there is no output folder', () => {
    expect(environmentsIn(join(temporaryFolder(), 'dist'))).toEqual([]);
  });
});

describe('an argument', () => {
  it('that is there, or holds a slash, is a folder', () => {
    expect([isFolder(temporaryFolder()), isFolder('./missing'), isFolder('production-x')]).toEqual([true, true, false]);
  });
});

describe('two folders', () => {
  it('of any names are compared, in git or not', () => {
    const [old, now] = ['info', 'debug'].map((level) => write(temporaryFolder(), { 'any.yaml': object('one', level) }));
    const comparison = compare(folderSides(old ?? '', now ?? ''));
    expect(showSummary(reportOf([comparison]).summary)).toBe('0 added, 1 changed, 0 removed');
  });

  it('are refused where one is none', () => {
    expect(faultsOf(() => folderSides('./missing', './missing'))).toEqual([expect.stringMatching(/^\.\/missing: /)]);
  });
});

import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { foldersAt, isMissing, loadRevision } from '../../../tools/manifests/revision';
import { temporaryFolder } from '../../support/copy';
import { faultsOf } from '../../support/faults';
import { put } from '../../support/trees';

const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

const git = (folder: string, ...words: string[]) =>
  execa.sync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...words], { cwd: folder }).stdout;

/** A repository with one commit that holds these files. */
function repositoryOf(files: Record<string, string>): string {
  const folder = temporaryFolder();
  git(folder, 'init', '--quiet', '--initial-branch=main');
  for (const [path, text] of Object.entries(files)) put(folder, path, text);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=one');
  return folder;
}

function names(folder: string, revision = 'HEAD'): readonly string[] | string {
  const set = loadRevision(folder, revision);
  return isMissing(set) ? set.missing : set.objects.map(({ metadata }) => metadata.name);
}

describe('a folder at a revision', () => {
  it('holds what was committed, not what lies there now', () => {
    const repository = repositoryOf({
      'dist/lab/a.yaml': object('old'),
      'dist/lab/b/c.yaml': object('below'),
      'dist/other.yaml': object('other'),
    });
    put(repository, 'dist/lab/a.yaml', object('new'));
    put(repository, 'dist/lab/z.yaml', object('untracked'));
    expect(names(join(repository, 'dist/lab'))).toEqual(['old', 'below']);
  });

  it('is that of any commit, branch or tag', () => {
    const repository = repositoryOf({ 'lab/a.yaml': object('one') });
    git(repository, 'tag', 'v1');
    put(repository, 'lab/a.yaml', object('two'));
    git(repository, 'commit', '--quiet', '--all', '--message=two');
    const folder = join(repository, 'lab');
    expect(['HEAD', 'main', 'v1', 'HEAD~1'].map((revision) => names(folder, revision))).toEqual([
      ['two'],
      ['two'],
      ['one'],
      ['one'],
    ]);
  });

  it('has what has been renamed or removed since', () => {
    const repository = repositoryOf({ 'lab/a.yaml': object('a'), 'lab/b.yaml': object('b') });
    renameSync(join(repository, 'lab/a.yaml'), join(repository, 'lab/z.yaml'));
    rmSync(join(repository, 'lab/b.yaml'));
    expect(names(join(repository, 'lab'))).toEqual(['a', 'b']);
  });

  it('may be gone from the work tree, with the folders above it', () => {
    const repository = repositoryOf({ 'dist/lab/a.yaml': object('a'), 'b.yaml': object('b') });
    rmSync(join(repository, 'dist'), { recursive: true });
    expect(names(join(repository, 'dist/lab'))).toEqual(['a']);
  });

  it('may be the root of its repository', () => {
    expect(names(repositoryOf({ 'a.yaml': object('a') }))).toEqual(['a']);
  });

  it.each(['with space', 'mit-ä-und-☃', '[odd]', 'quo"te', '-dash', "tick's"])('may have any name: %s', (name) => {
    const repository = repositoryOf({ [`${name}/${name}.yaml`]: object('a'), 'other/b.yaml': object('b') });
    expect(names(join(repository, name))).toEqual(['a']);
  });

  it('has files of any name, each with its own text', () => {
    const files = {
      'lab/a\nb.yaml': object('newline'),
      'lab/c d.yaml': object('space'),
      'lab/ü.yaml': object('umlaut'),
    };
    expect(names(join(repositoryOf(files), 'lab'))).toEqual(['newline', 'space', 'umlaut']);
  });

  it('reads a text as it is: longer than its letters where those are not of one byte', () => {
    const text = `${object('a')}data:\n  motto: "${'ä☃'.repeat(50)}"\n`;
    const set = loadRevision(join(repositoryOf({ 'lab/a.yaml': text, 'lab/b.yaml': object('b') }), 'lab'), 'HEAD');
    expect(isMissing(set) ? [] : set.objects).toMatchObject([
      { data: { motto: 'ä☃'.repeat(50) } },
      { metadata: { name: 'b' } },
    ]);
  });

  it('has no hidden file, nothing but manifests, and no links', () => {
    const repository = repositoryOf({ 'lab/a.yaml': object('a'), 'lab/.b.yaml': object('b'), 'lab/c.txt': 'text' });
    symlinkSync('a.yaml', join(repository, 'lab/link.yaml'));
    git(repository, 'add', '--all');
    git(repository, 'commit', '--quiet', '--message=link');
    expect(names(join(repository, 'lab'))).toEqual(['a']);
  });

  it('says of each object which file it was in', () => {
    const folder = join(repositoryOf({ 'lab/a.yaml': object('a') }), 'lab');
    const set = loadRevision(folder, 'HEAD');
    expect(isMissing(set) ? [] : set.entries.map(({ file }) => file)).toEqual([join(folder, 'a.yaml')]);
  });

  it('is refused where a file of it is no manifest', () => {
    const folder = join(repositoryOf({ 'lab/a.yaml': 'a: 1' }), 'lab');
    expect(faultsOf(() => loadRevision(folder, 'HEAD'))).toEqual([
      `${folder}/a.yaml: document 1 is without apiVersion and kind; expected a Kubernetes object`,
    ]);
  });
});

describe('a revision that cannot be read', () => {
  it('does not hold a folder that is new', () => {
    const repository = repositoryOf({ 'lab/a.yaml': object('a') });
    put(repository, 'new/a.yaml', object('a'));
    expect(names(join(repository, 'new'))).toBe(`HEAD holds no manifest below ${repository}/new`);
  });

  it('does not take a folder for another one that begins with its name', () => {
    expect(names(join(repositoryOf({ 'lab-two/a.yaml': object('a') }), 'lab'))).toMatch(
      /^HEAD holds no manifest below/,
    );
  });

  it.each(['gone', 'HEAD~9', '--help', 'HEAD:lab', ''])('is named: "%s"', (revision) => {
    expect(names(join(repositoryOf({ 'lab/a.yaml': object('a') }), 'lab'), revision)).toBe(
      `git knows no revision "${revision}"; expected a commit, branch or tag`,
    );
  });

  it('is none before the first commit', () => {
    const folder = temporaryFolder();
    git(folder, 'init', '--quiet');
    expect(names(folder)).toBe('git knows no revision "HEAD"; expected a commit, branch or tag');
  });

  it('is none outside of git', () => {
    expect(names(temporaryFolder())).toMatch(/^fatal: not a git repository/);
  });
});

describe('the folders below a folder at a revision', () => {
  it('are named once each, files are not', () => {
    const repository = repositoryOf({
      'dist/lab/a.yaml': '',
      'dist/lab/b.yaml': '',
      'dist/kind/x/y.yaml': '',
      'dist/readme.txt': '',
    });
    expect(foldersAt(join(repository, 'dist'), 'HEAD')).toEqual(['kind', 'lab']);
  });

  it('are not known where the revision is not', () => {
    const repository = repositoryOf({ 'dist/lab/a.yaml': '' });
    mkdirSync(join(repository, 'new'));
    expect(foldersAt(join(repository, 'dist'), 'gone')).toEqual({
      missing: 'git knows no revision "gone"; expected a commit, branch or tag',
    });
  });
});

import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { isManifestFile, loadFolder, loadTexts } from '../../../tools/manifests/load';
import { temporaryFolder } from '../../support/copy';
import { faultsOf } from '../../support/faults';
import { put } from '../../support/trees';

const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

function folderOf(files: Record<string, string>): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries(files)) put(folder, path, text);
  return folder;
}

const namesIn = (folder: string): string[] => loadFolder(folder).objects.map(({ metadata }) => metadata.name);
const loaded = (text: string) => loadTexts([{ path: 'a.yaml', text }], 'folder');

describe('a folder of manifests', () => {
  it('is read with its subfolders, in code point order of the paths', () => {
    const files = {
      'b.yaml': object('b'),
      'a/z.yml': object('z'),
      'B.json': '{"apiVersion":"v1","kind":"Secret","metadata":{"name":"B"}}',
    };
    expect(namesIn(folderOf(files))).toEqual(['B', 'z', 'b']);
  });

  it.each(['notes.txt', 'a.yaml.bak', '.hidden.yaml', '.git/a.yaml', 'a/.b/c.yaml', 'yaml'])(
    'holds no manifest in %s',
    (path) => {
      expect(namesIn(folderOf({ 'a.yaml': object('a'), [path]: object('other') }))).toEqual(['a']);
    },
  );

  it('says where each object stands', () => {
    const folder = folderOf({ 'a.yaml': `${object('a')}---\n${object('b')}` });
    expect(loadFolder(folder).entries.map(({ file, document, path }) => ({ file, document, path }))).toEqual([
      { file: join(folder, 'a.yaml'), document: 0, path: [] },
      { file: join(folder, 'a.yaml'), document: 1, path: [] },
    ]);
  });

  it('holds the files that its links lead to, as it does for kubectl, and no folders', () => {
    const folder = folderOf({ 'a.yaml': object('a') });
    const elsewhere = folderOf({ 'b.yaml': object('b') });
    symlinkSync(join(elsewhere, 'b.yaml'), join(folder, 'link.yaml'));
    symlinkSync(elsewhere, join(folder, 'folder.yaml'));
    symlinkSync(join(elsewhere, 'gone.yaml'), join(folder, 'broken.yaml'));
    mkdirSync(join(folder, 'named.yaml'));
    expect(namesIn(folder)).toEqual(['a', 'b']);
  });
});

describe('a folder that cannot be judged', () => {
  it('is told apart: not there, a file, empty, without manifests', () => {
    const folder = folderOf({ 'a.yaml': object('a'), 'empty/notes.txt': '', 'bare/a.yaml': '# nothing yet\n' });
    const faults = ['gone', 'a.yaml', 'empty', 'bare'].flatMap((name) =>
      faultsOf(() => loadFolder(join(folder, name))),
    );
    expect(faults).toEqual([
      `${folder}/gone: there is no such folder; expected one of manifests`,
      `${folder}/a.yaml: is a file; expected a folder of manifests`,
      `${folder}/empty: holds no manifest; expected .yaml, .yml or .json files of Kubernetes objects`,
      `${folder}/bare: holds no manifest; expected .yaml, .yml or .json files of Kubernetes objects`,
    ]);
  });

  it('names every file that is broken, with its line', () => {
    const folder = folderOf({ 'a.yaml': 'a: ]', 'b.yaml': object('b'), 'c.yaml': 'a: 1' });
    expect(faultsOf(() => loadFolder(folder))).toEqual([
      expect.stringMatching(/a\.yaml:1: /),
      `${folder}/c.yaml: document 1 is without apiVersion and kind; expected a Kubernetes object`,
    ]);
  });
});

describe('a document', () => {
  it.each([
    ['a text', 'hello', 'document 1 is "hello"'],
    ['a list', '- a', "document 1 is [ 'a' ]"],
    ['without a kind', 'apiVersion: v1', 'document 1 is without apiVersion and kind'],
    ['without a version', 'kind: Pod', 'document 1 is without apiVersion and kind'],
    ['of a version that is a number', 'apiVersion: 1\nkind: Pod', 'document 1 is without apiVersion and kind'],
    ['after another', `${object('a')}---\n5`, 'document 2 is 5'],
    ['in a list', 'apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: Pod }, 5]', 'document 1 item 1 is 5'],
    ['nothing, in a list', 'apiVersion: v1\nkind: List\nitems: [null]', 'document 1 item 0 is null'],
  ])('that is no object is refused: %s', (_, text, words) => {
    expect(faultsOf(() => loaded(text))).toEqual([`a.yaml: ${words}; expected a Kubernetes object`]);
  });

  it('that is a List stands for its items, lists in lists too', () => {
    const inner = {
      apiVersion: 'v1',
      kind: 'PodList',
      items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b' } }],
    };
    const outer = {
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }, inner],
    };
    expect(loaded(JSON.stringify(outer)).entries.map(({ manifest, path }) => [manifest.metadata.name, path])).toEqual([
      ['a', ['items', 0]],
      ['b', ['items', 1, 'items', 0]],
    ]);
  });

  it.each([
    ['whose kind only ends like a list', 'apiVersion: v1\nkind: AllowList\nmetadata: { name: a }'],
    ['that has items and is no list', 'apiVersion: v1\nkind: Bag\nitems: []\nmetadata: { name: a }'],
  ])('%s is an object', (_, text) => {
    expect(loaded(text).objects).toHaveLength(1);
  });

  it('has no fields that are null: to the API server they are not there', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: a, labels: }\nspec: { containers: [{ name: b, image: }, null] }';
    expect(loaded(text).objects).toEqual([
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'b' }, null] } },
    ]);
  });

  it.each(['', 'metadata: text', 'metadata: [a]', 'metadata:'])(
    'without metadata has an empty name, so that judges need not ask: "%s"',
    (metadata) => {
      expect(loaded(`apiVersion: v1\nkind: Pod\n${metadata}`).objects[0]?.metadata).toEqual({ name: '' });
    },
  );
});

describe('a path', () => {
  it.each([
    ['a.yaml', true],
    ['a.yml', true],
    ['a/b.json', true],
    ['a.yamlx', false],
    ['ayaml', false],
    ['.a.yaml', false],
    ['.a/b.yaml', false],
  ])('%s is one of a manifest: %s', (path, is) => {
    expect(isManifestFile(path)).toBe(is);
  });
});

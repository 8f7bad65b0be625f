import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { openFolders } from '../../../tools/check/folder';
import { temporaryFolder } from '../../support/copy';
import { faultsOf } from '../../support/faults';
import { put } from '../../support/trees';
import { inventory } from './references/samples';

const OBJECT = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

/** A folder `dist/lab` with one object, and files beside it. */
function lab(files: Record<string, string> = {}): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries({ 'dist/lab/a.yaml': OBJECT, ...files })) put(root, path, text);
  return join(root, 'dist/lab');
}

const facts = (fields: Parameters<typeof inventory>[0] = {}) => JSON.stringify(inventory(fields));
const open = (path: string, inventoryPath?: string) =>
  openFolders([path], { base: 'HEAD', inventory: inventoryPath })[0];

describe('the inventory of a folder', () => {
  it('is the one beside it, by its name', () => {
    const folder = lab({
      'dist/inventory/lab.json': facts({ environment: 'beside' }),
      'dist/inventory/kind.json': 'broken',
    });
    expect(open(folder)).toMatchObject({
      path: folder,
      inventory: { environment: 'beside' },
      inventoryPath: join(folder, '../inventory/lab.json'),
    });
    expect(open(`${folder}/`)?.inventory?.environment).toBe('beside');
  });

  it('is the one beside it for who stands in the folder', () => {
    const folder = lab({ 'dist/inventory/lab.json': facts({ environment: 'beside' }) });
    const from = process.cwd();
    process.chdir(folder);
    try {
      expect(open('.')?.inventory?.environment).toBe('beside');
    } finally {
      process.chdir(from);
    }
  });

  it('is the one that is named, whatever lies beside', () => {
    const folder = lab({ 'dist/inventory/lab.json': 'broken', 'own.json': facts({ environment: 'own' }) });
    expect(open(folder, join(folder, '../../own.json'))?.inventory?.environment).toBe('own');
  });

  it('need not be there', () => {
    expect(open(lab())).toMatchObject({ inventory: undefined, inventoryPath: undefined });
  });

  it.each([
    ['no JSON', '{', /lab\.json: cannot be read \(.+\); expected an inventory that a synth wrote$/],
    ['no inventory', '{}', /lab\.json\.environment: is missing; expected a string$/],
  ])('is refused where it is %s', (_, text, words) => {
    expect(faultsOf(() => open(lab({ 'dist/inventory/lab.json': text })))).toContainEqual(expect.stringMatching(words));
  });

  it('that is named and not there is refused', () => {
    expect(faultsOf(() => open(lab(), 'gone.json'))).toEqual([expect.stringMatching(/^gone\.json: cannot be read/)]);
  });
});

describe('the Kubernetes of a folder', () => {
  it('is the newest that is vendored where no inventory names one', () => {
    expect(open(lab())?.schemas.kubernetes).toBe('1.36');
  });

  it('is refused where its definitions are not vendored', () => {
    const folder = lab({ 'dist/inventory/lab.json': facts({ kubernetes: '1.20' }) });
    expect(faultsOf(() => open(folder))).toEqual([
      'kubernetes 1.20: imports/kubernetes holds no v1.20.definitions.json; expected `1.36`. Import the definitions of that minor, or judge by another inventory',
    ]);
  });

  it('is read once for folders of one minor, and anew for one with resources of its own', () => {
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'a' },
      spec: { group: 'example.com', names: { kind: 'Thing' }, versions: [{ name: 'v1', served: true }] },
    };
    const [own, one, other] = openFolders([lab({ 'dist/lab/crd.yaml': JSON.stringify(crd) }), lab(), lab()], {
      base: 'HEAD',
    });
    expect(one?.schemas).toBe(other?.schemas);
    expect(own?.schemas.versionsOf('Thing')).toEqual(['example.com/v1']);
    expect(one?.schemas.versionsOf('Thing')).toEqual([]);
  });

  it('leaves a definition of a removed version to the check that finds it', () => {
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1beta1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'a' },
      spec: { version: 'v1' },
    };
    expect(faultsOf(() => open(lab({ 'dist/lab/crd.yaml': JSON.stringify(crd) })))).toEqual([]);
  });
});

describe('what a folder is compared with', () => {
  /** Makes a folder's present state the only commit of a repository. */
  function commit(folder: string): void {
    const git = (...words: string[]) =>
      execa.sync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...words], { cwd: folder });
    git('init', '--quiet');
    git('add', '--all');
    git('commit', '--quiet', '--message=one');
  }

  it('is what git has of it', () => {
    const folder = lab({ 'dist/lab/b.yaml': OBJECT });
    commit(folder);
    writeFileSync(join(folder, 'c.yaml'), OBJECT);
    const base = open(folder)?.base;
    expect(base && 'objects' in base ? base.objects.length : base).toBe(2);
  });

  it('is nothing outside of git, and says so', () => {
    expect(open(lab())?.base).toEqual({ missing: expect.stringContaining('not a git repository') });
  });

  it('is nothing where that does not parse: what mends it must be judged all the same', () => {
    const folder = lab({ 'dist/lab/a.yaml': 'a: ]' });
    commit(folder);
    writeFileSync(join(folder, 'a.yaml'), OBJECT);
    expect(open(folder)?.base).toEqual({ missing: expect.stringMatching(/^HEAD cannot be read: .*a\.yaml:1: /) });
  });
});

describe('a folder', () => {
  it('without manifests is refused', () => {
    expect(faultsOf(() => open('gone'))).toEqual(['gone: there is no such folder; expected one of manifests']);
  });
});

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refused } from '../../../tools/parse/parse';
import { type InventoryFacts, inventoryOf } from '../../../tools/render/inventory';
import type { Manifest } from '../../../tools/render/order';
import { type Changes, type RenderedEnvironment, writeTree } from '../../../tools/render/tree';
import { filesIn, temporaryFolder } from '../../support/copy';

const facts: InventoryFacts = {
  namespace: 'lab',
  kubernetes: '1.36',
  apiEndpoint: { host: 'api.lab.example.com', port: 6443 },
  nodes: [],
  zones: [],
  talks: [],
  secrets: [],
  provides: [],
};

const object = (name: string): Manifest => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

/** An environment whose files have these contents, with two objects in each. */
function environment(name: string, contents: Record<string, string>): RenderedEnvironment {
  const files = Object.entries(contents).map(([path, content]) => ({
    path,
    content,
    manifests: [object(`${path}-a`), object(`${path}-b`)],
  }));
  return { inventory: inventoryOf(name, files, facts), files };
}

/** What tells a file that was written again from one that was left alone, even where the bytes are equal. */
const inode = (path: string): number => statSync(path).ino;

function put(out: string, path: string, content: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), content);
}

/** A folder that holds these environments, as an earlier synth left it. */
function folderWith(...rendered: RenderedEnvironment[]): string {
  const out = temporaryFolder();
  writeTree(out, rendered, true);
  return out;
}

const NOTHING: Changes = { written: [], removed: [] };

const lab = environment('lab', { 'platform/00-namespace.yaml': 'namespace\n', 'workloads/20-chat.yaml': 'chat\n' });
const kind = environment('kind', { 'workloads/20-chat.yaml': 'chat on kind\n' });

describe('the first write', () => {
  it('makes the folders and puts every file below its environment', () => {
    const out = join(temporaryFolder(), 'not', 'there', 'yet');
    writeTree(out, [lab, kind], true);
    expect(Object.keys(filesIn(out))).toEqual([
      'inventory/kind.json',
      'inventory/lab.json',
      'kind/workloads/20-chat.yaml',
      'lab/platform/00-namespace.yaml',
      'lab/workloads/20-chat.yaml',
    ]);
  });

  it('may be a partial one: an environment needs no others', () => {
    const out = temporaryFolder();
    expect(writeTree(out, [kind], false).written).toEqual(['kind/workloads/20-chat.yaml', 'inventory/kind.json']);
  });

  it('writes the content that was rendered, byte for byte', () => {
    const out = folderWith(lab);
    expect(readFileSync(join(out, 'lab/workloads/20-chat.yaml'), 'utf8')).toBe('chat\n');
  });

  it('writes an inventory that can be read and reviewed: JSON, a field a line, with a last line end', () => {
    const out = folderWith(lab);
    const text = readFileSync(join(out, 'inventory/lab.json'), 'utf8');
    expect([JSON.parse(text), text.endsWith('}\n'), text.split('\n').length > 20]).toEqual([lab.inventory, true, true]);
  });

  it('reports manifests first and inventories last, each in the order of their paths', () => {
    expect(writeTree(temporaryFolder(), [lab, kind], true)).toEqual({
      written: [
        'kind/workloads/20-chat.yaml',
        'lab/platform/00-namespace.yaml',
        'lab/workloads/20-chat.yaml',
        'inventory/kind.json',
        'inventory/lab.json',
      ],
      removed: [],
    });
  });
});

describe('a second write of the same', () => {
  it('reports nothing', () => {
    expect(writeTree(folderWith(lab, kind), [lab, kind], true)).toEqual(NOTHING);
  });

  it('touches no file: builds and editors that watch them stay quiet', () => {
    const out = folderWith(lab, kind);
    const inodes = () => Object.keys(filesIn(out)).map((path) => inode(join(out, path)));
    const before = inodes();
    writeTree(out, [lab, kind], true);
    expect(inodes()).toEqual(before);
  });
});

describe('a write of a change', () => {
  const changed = environment('lab', {
    'platform/00-namespace.yaml': 'namespace\n',
    'workloads/20-chat.yaml': 'more\n',
  });

  it('writes the file that differs and reports it alone, where its objects are the same', () => {
    const out = folderWith(lab);
    expect(writeTree(out, [changed], true)).toEqual({ written: ['lab/workloads/20-chat.yaml'], removed: [] });
  });

  it('brings the content', () => {
    const out = folderWith(lab);
    writeTree(out, [changed], true);
    expect(readFileSync(join(out, 'lab/workloads/20-chat.yaml'), 'utf8')).toBe('more\n');
  });

  it('leaves every other file untouched', () => {
    const out = folderWith(lab);
    const before = inode(join(out, 'lab/platform/00-namespace.yaml'));
    writeTree(out, [changed], true);
    expect(inode(join(out, 'lab/platform/00-namespace.yaml'))).toBe(before);
  });

  it('puts back what was edited by hand', () => {
    const out = folderWith(lab);
    put(out, 'lab/workloads/20-chat.yaml', 'edited\n');
    expect(writeTree(out, [lab], true).written).toEqual(['lab/workloads/20-chat.yaml']);
  });

  it('puts back what was removed by hand', () => {
    const out = folderWith(lab);
    rmSync(join(out, 'lab'), { recursive: true });
    expect(writeTree(out, [lab], true).written).toEqual([
      'lab/platform/00-namespace.yaml',
      'lab/workloads/20-chat.yaml',
    ]);
  });

  it('replaces a file whole: a reader never sees the half of one', () => {
    const out = folderWith(lab);
    const before = inode(join(out, 'lab/workloads/20-chat.yaml'));
    writeTree(out, [changed], true);
    expect(inode(join(out, 'lab/workloads/20-chat.yaml'))).not.toBe(before);
  });

  it('leaves nothing of its own behind', () => {
    const out = folderWith(lab);
    writeTree(out, [changed], true);
    expect(Object.keys(filesIn(out))).toHaveLength(3);
  });
});

describe('a file that is not rendered any more', () => {
  const without = environment('lab', { 'platform/00-namespace.yaml': 'namespace\n' });

  it('goes, and is reported once although it held several objects', () => {
    const out = folderWith(lab);
    expect(writeTree(out, [without], true)).toEqual({
      written: ['inventory/lab.json'],
      removed: ['lab/workloads/20-chat.yaml'],
    });
  });

  it('goes on a partial write as well: its environment was rendered', () => {
    const out = folderWith(lab);
    writeTree(out, [without], false);
    expect(existsSync(join(out, 'lab/workloads/20-chat.yaml'))).toBe(false);
  });

  it('takes along the folders that it leaves empty', () => {
    const out = folderWith(environment('lab', { 'a/b/c/chat.yaml': 'chat\n', 'top.yaml': 'top\n' }));
    writeTree(out, [environment('lab', { 'top.yaml': 'top\n' })], true);
    expect(readdirSync(join(out, 'lab'))).toEqual(['top.yaml']);
  });

  it('leaves folders that hold anything else', () => {
    const out = folderWith(lab);
    put(out, 'lab/workloads/notes.md', 'mine\n');
    writeTree(out, [without], true);
    expect(readdirSync(join(out, 'lab/workloads'))).toEqual(['notes.md']);
  });

  it('that somebody removed already is not reported', () => {
    const out = folderWith(lab);
    rmSync(join(out, 'lab/workloads/20-chat.yaml'));
    expect(writeTree(out, [without], true).removed).toEqual([]);
  });
});

describe('a file that no inventory names', () => {
  const foreign = [
    'README.md',
    'lab/notes.md',
    'lab/workloads/99-mine.yaml',
    'cluster/lab/haproxy.cfg',
    'inventory/x.txt',
  ];

  it.each(foreign)('stays, whatever becomes of the environments: %s', (path) => {
    const out = folderWith(lab, kind);
    put(out, path, 'mine\n');
    writeTree(out, [kind], true);
    writeTree(out, [], true);
    expect(filesIn(out)).toEqual({ [path]: 'mine\n' });
  });

  it('is not reported', () => {
    const out = folderWith(lab);
    for (const path of foreign) put(out, path, 'mine\n');
    expect(writeTree(out, [lab], true)).toEqual(NOTHING);
  });

  it('may be what is left of an inventory, beside one, without being taken for it', () => {
    const out = folderWith(lab, kind);
    put(out, 'inventory/lab.orig', 'not JSON\n');
    writeTree(out, [kind], true);
    expect(Object.keys(filesIn(out))).toEqual([
      'inventory/kind.json',
      'inventory/lab.orig',
      'kind/workloads/20-chat.yaml',
    ]);
  });
});

describe('an environment that is not rendered any more', () => {
  it('disappears with its inventory when every environment was rendered', () => {
    const out = folderWith(lab, kind);
    expect(writeTree(out, [kind], true)).toEqual({
      written: [],
      removed: ['lab/platform/00-namespace.yaml', 'lab/workloads/20-chat.yaml', 'inventory/lab.json'],
    });
    expect(readdirSync(out).sort()).toEqual(['inventory', 'kind']);
  });

  it('stays when only others were asked for', () => {
    const out = folderWith(lab, kind);
    const before = filesIn(out);
    expect(writeTree(out, [kind], false)).toEqual(NOTHING);
    expect(filesIn(out)).toEqual(before);
  });

  it('is no concern of the others: two environments may have files of the same name', () => {
    const out = folderWith(lab, kind);
    writeTree(out, [kind], true);
    expect(filesIn(out)['kind/workloads/20-chat.yaml']).toBe('chat on kind\n');
  });

  it('leaves an empty folder when it was the last one', () => {
    const out = folderWith(lab);
    writeTree(out, [], true);
    expect(readdirSync(out)).toEqual([]);
  });
});

describe('an inventory that cannot be read', () => {
  it.each([
    ['cut off', '{ "objects": ['],
    ['empty', ''],
    ['without objects', '{}'],
    ['not an object', 'null'],
    ['with a merge conflict', '<<<<<<< ours\n{}\n'],
    ['with an object that lies nowhere', '{ "objects": [{}] }'],
    ['with a file beside dist/', '{ "objects": [{ "file": "../../precious" }] }'],
    [
      'with a file of another environment',
      '{ "objects": [{ "file": "workloads/../../kind/workloads/20-chat.yaml" }] }',
    ],
    ['with a file of the machine', '{ "objects": [{ "file": "/etc/hosts" }] }'],
  ])('is refused, and nothing is changed: %s', (_, text) => {
    const out = folderWith(lab, kind);
    put(out, 'inventory/lab.json', text);
    const before = filesIn(out);
    expect(() => writeTree(out, [environment('lab', { 'new.yaml': 'new\n' }), kind], true)).toThrow(Refused);
    expect(filesIn(out)).toEqual(before);
  });

  it('is named with its path, the reason and what to do', () => {
    const out = folderWith(lab);
    put(out, 'inventory/lab.json', '{ "objects": [');
    const path = join(out, 'inventory/lab.json');
    expect(() => writeTree(out, [lab], true)).toThrow(
      new RegExp(
        `^${path}: is not an inventory \\(.*JSON.*\\); .* Restore it from git, or remove ${join(out, 'lab')} with it, and synthesize again$`,
      ),
    );
  });

  it('hinders nobody who asked for other environments', () => {
    const out = folderWith(lab, kind);
    put(out, 'inventory/lab.json', '');
    expect(writeTree(out, [kind], false)).toEqual(NOTHING);
  });

  it('is overcome by what the message says: remove it with its environment', () => {
    const out = folderWith(lab);
    for (const path of ['inventory/lab.json', 'lab']) rmSync(join(out, path), { recursive: true });
    writeTree(out, [lab], true);
    expect(Object.keys(filesIn(out))).toHaveLength(3);
  });
});

describe('a write that fails halfway', () => {
  const next = environment('lab', { 'workloads/20-chat.yaml': 'new\n', 'zone/30-late.yaml': 'late\n' });

  it('leaves the old inventory in force: the next write still knows what is stale', () => {
    const out = folderWith(lab);
    put(out, 'lab/zone', 'a file where a folder is needed\n');
    expect(() => writeTree(out, [next], true)).toThrow();
    rmSync(join(out, 'lab/zone'));
    expect(writeTree(out, [next], true).removed).toEqual(['lab/platform/00-namespace.yaml']);
  });

  it('removes nothing before everything new is there', () => {
    const out = folderWith(lab);
    put(out, 'lab/zone', 'a file where a folder is needed\n');
    expect(() => writeTree(out, [next], true)).toThrow();
    expect(existsSync(join(out, 'lab/platform/00-namespace.yaml'))).toBe(true);
  });

  it('leaves the old inventory in force where a stale file cannot be removed', () => {
    const out = folderWith(lab);
    rmSync(join(out, 'lab/platform/00-namespace.yaml'));
    mkdirSync(join(out, 'lab/platform/00-namespace.yaml'));
    expect(() => writeTree(out, [next], true)).toThrow();
    expect(JSON.parse(filesIn(out)['inventory/lab.json'] ?? '')).toEqual(lab.inventory);
  });

  it('leaves the inventory of an environment that disappears until its files are gone', () => {
    const out = folderWith(lab, kind);
    rmSync(join(out, 'lab/workloads/20-chat.yaml'));
    mkdirSync(join(out, 'lab/workloads/20-chat.yaml'));
    expect(() => writeTree(out, [kind], true)).toThrow();
    expect(existsSync(join(out, 'inventory/lab.json'))).toBe(true);
  });
});

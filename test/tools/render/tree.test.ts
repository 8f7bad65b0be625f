import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compareTree, writeTree } from '../../../tools/render/tree';
import { filesIn, temporaryFolder } from '../../support/copy';
import { environment, folderWith, inode, kind, lab, NOTHING, put } from '../../support/trees';

describe('the first write', () => {
  it('makes the folders and puts every file below its environment', () => {
    const out = join(temporaryFolder(), 'not', 'there', 'yet');
    writeTree(out, [lab, kind], true);
    expect(Object.keys(filesIn(out))).toEqual([
      'inventory/kind.json',
      'inventory/kind.traffic.md',
      'inventory/lab.json',
      'inventory/lab.traffic.md',
      'kind/workloads/20-chat.yaml',
      'lab/platform/00-namespace.yaml',
      'lab/workloads/20-chat.yaml',
    ]);
  });

  it('may be a partial one: an environment needs no others', () => {
    const out = temporaryFolder();
    expect(writeTree(out, [kind], false).written).toEqual([
      'inventory/kind.traffic.md',
      'kind/workloads/20-chat.yaml',
      'inventory/kind.json',
    ]);
  });

  it('writes the content that was rendered, byte for byte', () => {
    const out = folderWith(lab);
    expect(readFileSync(join(out, 'lab/workloads/20-chat.yaml'), 'utf8')).toBe('chat\n');
  });

  it('writes who may talk to whom beside the inventory', () => {
    const out = folderWith(lab);
    expect(readFileSync(join(out, 'inventory/lab.traffic.md'), 'utf8')).toBe(lab.traffic);
  });

  it('writes an inventory that can be read and reviewed: JSON, a field a line, with a last line end', () => {
    const out = folderWith(lab);
    const text = readFileSync(join(out, 'inventory/lab.json'), 'utf8');
    expect([JSON.parse(text), text.endsWith('}\n'), text.split('\n').length > 20]).toEqual([lab.inventory, true, true]);
  });

  it('reports manifests first and inventories last, each in the order of their paths', () => {
    expect(writeTree(temporaryFolder(), [lab, kind], true)).toEqual({
      written: [
        'inventory/kind.traffic.md',
        'inventory/lab.traffic.md',
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
    expect(Object.keys(filesIn(out))).toHaveLength(4);
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

describe('a comparison', () => {
  const changed = environment('lab', { 'workloads/20-chat.yaml': 'more\n' });

  it('says what a write would do, in the same words, whether of all environments or of one', () => {
    for (const complete of [true, false]) {
      const out = folderWith(lab, kind);
      const said = compareTree(out, [changed], complete);
      expect(said).toEqual(writeTree(out, [changed], complete));
      expect(said.written).toEqual(['lab/workloads/20-chat.yaml', 'inventory/lab.json']);
    }
  });

  it('changes nothing', () => {
    const out = folderWith(lab, kind);
    const before = filesIn(out);
    compareTree(out, [changed], true);
    expect(filesIn(out)).toEqual(before);
  });

  it('of what is current says nothing', () => {
    expect(compareTree(folderWith(lab, kind), [lab, kind], true)).toEqual(NOTHING);
  });
});

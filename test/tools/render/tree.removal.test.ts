import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from '../../../tools/parse/parse';
import { writeTree } from '../../../tools/render/tree';
import { filesIn } from '../../support/copy';
import { environment, folderWith, kind, lab, NOTHING, put } from '../../support/trees';

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
      'inventory/kind.traffic.md',
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
      removed: [
        'lab/platform/00-namespace.yaml',
        'lab/workloads/20-chat.yaml',
        'inventory/lab.traffic.md',
        'inventory/lab.json',
      ],
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
    expect(Object.keys(filesIn(out))).toHaveLength(4);
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RenderedFolder, writeTree } from '../../../tools/render/tree';
import { filesIn, temporaryFolder } from '../../support/copy';
import { folderWith, lab, NOTHING, put } from '../../support/trees';

const cluster = (name: string, contents: Record<string, string>): RenderedFolder => ({
  folder: `cluster/${name}`,
  texts: Object.entries(contents).map(([path, content]) => ({ path, content })),
});

const full = cluster('lab', { 'nodes/a/node.env': "NODE_NAME='a'\n", Vagrantfile: '# seven\n' });

const written = (): string => {
  const out = temporaryFolder();
  writeTree(out, [lab, full], true);
  return out;
};

describe('a folder that builds a cluster', () => {
  it('is written beside the environments', () => {
    expect(filesIn(written())).toMatchObject({
      'cluster/lab/nodes/a/node.env': "NODE_NAME='a'\n",
      'cluster/lab/Vagrantfile': '# seven\n',
    });
  });

  it('carries checksums that sha256sum accepts: whoever copied it to a machine can ask whether it arrived whole', () => {
    const folder = join(written(), 'cluster/lab');
    const check = () =>
      execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: folder, stdio: 'pipe' });
    expect(check).not.toThrow();
    writeFileSync(join(folder, 'Vagrantfile'), '# eight\n');
    expect(check).toThrow();
  });

  it('is not written again where nothing changed', () => {
    expect(writeTree(written(), [lab, full], true)).toEqual(NOTHING);
  });

  it('loses what it no longer has, and folders that this empties', () => {
    const out = written();
    const { removed } = writeTree(out, [lab, cluster('lab', { Vagrantfile: '# seven\n' })], true);
    expect(removed).toEqual(['cluster/lab/nodes/a/node.env']);
    expect(existsSync(join(out, 'cluster/lab/nodes'))).toBe(false);
  });

  it('goes with its cluster', () => {
    const out = written();
    writeTree(out, [lab], true);
    expect(existsSync(join(out, 'cluster'))).toBe(false);
  });

  it('stays where only environments were asked for', () => {
    const out = written();
    expect(writeTree(out, [lab], false)).toEqual(NOTHING);
  });

  it('keeps what somebody else put there', () => {
    const out = written();
    put(out, 'cluster/lab/notes.md', 'mine\n');
    writeTree(out, [lab], true);
    expect(readFileSync(join(out, 'cluster/lab/notes.md'), 'utf8')).toBe('mine\n');
  });

  it.each([
    ['a path that leaves the folder', `${'0'.repeat(64)}  ../../inventory/lab.json`],
    ['an absolute path', `${'0'.repeat(64)}  /etc/passwd`],
    ['something else than checksums', 'hello'],
  ])('is not removed on the word of %s', (_, line) => {
    const out = folderWith(lab);
    put(out, 'cluster/lab/SHA256SUMS', `${line}\n`);
    expect(() => writeTree(out, [lab], true)).toThrow(/SHA256SUMS: is no list of checksums .* synthesize again$/);
    expect(existsSync(join(out, 'inventory/lab.json'))).toBe(true);
  });
});

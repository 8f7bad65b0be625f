import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/copy';
import { fakeTool } from './fake-tool';
import { gitleaksHistory, gitleaksTree, readReport } from './gitleaks';
import { commit, git } from './repository';

const found = {
  RuleID: 'kubernetes-secret-yaml',
  Description: 'Possible Kubernetes Secret detected',
  StartLine: 2,
  Match: 'kind: Secret\nmetadata:\n  name: planted\ndata:\n  REDACTED',
  Secret: 'REDACTED',
  File: '/tmp/tree/dist/secret.yaml',
  Commit: '',
};

describe('a report of gitleaks', () => {
  it('names a file from its folder', () => {
    expect(readReport(JSON.stringify([found]), '/tmp/tree')).toEqual([
      {
        object: 'dist/secret.yaml',
        rule: 'kubernetes-secret-yaml',
        message: 'line 2: Possible Kubernetes Secret detected',
      },
    ]);
  });

  it('names the commit as well where it looked at the history', () => {
    const old = { ...found, File: 'dist/secret.yaml', Commit: '17f36f10ec60d3f6baf0e43a1eb5aa3cf0b7c5cc' };
    expect(readReport(JSON.stringify([old]), '/tmp/tree')[0]?.object).toBe('dist/secret.yaml@17f36f10ec60');
  });
});

describe('gitleaks', () => {
  it('counts what it read of the tree', async () => {
    const tree = { name: 'tree', folder: temporaryFolder() };
    writeFileSync(join(tree.folder, 'a.md'), 'x'.repeat(2048));
    const tool = fakeTool("echo '[]'; echo '4:01AM INF scanned ~1025 bytes (1.03 KB) in 7ms' >&2");
    expect(await gitleaksTree(tool, tree.folder, temporaryFolder()).judge(tree)).toEqual({
      judged: 2,
      expected: 2,
      said: [],
    });
  });

  it('may not be told by the tree what to pass over', async () => {
    const tree = { name: 'tree', folder: temporaryFolder() };
    writeFileSync(join(tree.folder, '.gitleaksignore'), '');
    await expect(gitleaksTree(fakeTool(''), tree.folder, temporaryFolder()).judge(tree)).rejects.toThrow(
      '.gitleaksignore: excuses findings',
    );
  });

  it('must be shown the whole history', async () => {
    const folder = temporaryFolder();
    await git(folder, 'init', '--quiet', 'whole');
    const whole = join(folder, 'whole');
    for (const line of ['one\n', 'two\n']) {
      writeFileSync(join(whole, 'file'), line);
      await commit(whole, line);
    }
    await git(folder, 'clone', '--quiet', '--depth=1', `file://${whole}`, 'cut');
    const tool = fakeTool("echo '[]'; echo '4:01AM INF 2 commits scanned.' >&2");
    const judge = (name: string) => {
      const history = { name: 'history', folder: join(folder, name) };
      return gitleaksHistory(tool, history.folder, temporaryFolder()).judge(history);
    };
    expect(await judge('whole')).toEqual({ judged: 2, expected: 2, said: [] });
    await expect(judge('cut')).rejects.toThrow('Run git fetch --unshallow');
  });
});

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/copy';
import { fakeTool } from './fake-tool';
import { hadolint, readReport } from './hadolint';

const finding = (file: string, code: string, message: string) => ({
  file,
  line: 3,
  column: 1,
  level: 'info',
  code,
  message,
});
const missing = (file: string) => finding(file, 'DL3049', 'Label `slipway.judged` is missing.');

describe('a report of hadolint', () => {
  it('counts a file once, by the label that it has not, and that is no finding', () => {
    const json = JSON.stringify([
      missing('/tree/a/Dockerfile'),
      missing('/tree/a/Dockerfile'),
      missing('/tree/Dockerfile'),
    ]);
    expect(readReport(json, '/tree')).toEqual({ judged: 2, said: [] });
  });

  it('names a file from its folder, and the rule', () => {
    const json = JSON.stringify([finding('/tree/a/Dockerfile', 'DL3006', 'Always tag the version')]);
    expect(readReport(json, '/tree')).toEqual({
      judged: 0,
      said: [{ object: 'a/Dockerfile', rule: 'DL3006', message: 'line 3: Always tag the version' }],
    });
  });

  it('keeps a label that is missing in earnest', () => {
    const json = JSON.stringify([finding('/tree/Dockerfile', 'DL3049', 'Label `maintainer` is missing.')]);
    expect(readReport(json, '/tree').said).toHaveLength(1);
  });
});

describe('hadolint', () => {
  const tree = { name: 'tree', folder: temporaryFolder() };
  for (const path of ['chat', 'hello', 'docs']) mkdirSync(join(tree.folder, path));
  for (const path of ['chat/Dockerfile', 'hello/web.Dockerfile', 'docs/about-Dockerfiles.md'])
    writeFileSync(join(tree.folder, path), '');

  it('is expected to judge every Dockerfile, and shown no comment that excuses', async () => {
    const tool = fakeTool('printf %s "$*" >"$0.words"; echo "[]"; exit 1');
    expect(await hadolint(tool, tree.folder, temporaryFolder()).judge(tree)).toEqual({
      judged: 0,
      expected: 2,
      said: [],
    });
    const words = readFileSync(`${tool}.words`, 'utf8');
    expect(words).toContain('--disable-ignore-pragma');
    expect(words).toContain(`${tree.folder}/chat/Dockerfile ${tree.folder}/hello/web.Dockerfile`);
  });

  it('is not believed where it finds nothing at all', async () => {
    const judge = hadolint(fakeTool('echo "[]"'), tree.folder, temporaryFolder());
    await expect(judge.judge(tree)).rejects.toThrow('hadolint: ended with code 0; expected 1');
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, temporaryFolder } from '../../support/copy';

jest.setTimeout(60_000);

const secrets = (...words: string[]) =>
  run(join(__dirname, '../../..'), 'node', 'tools/cli/bin.js', 'secrets', ...words, '--kubeconfig', '/nowhere');

describe('secrets', () => {
  it('that are checked are not changed: the command line is one or the other', async () => {
    const { exitCode, stderr } = await secrets('kind', '--check', '--generate');
    expect(stderr).toContain("option '--check' cannot be used with option '--generate'");
    expect(exitCode).toBe(2);
  });

  it('of no environment are refused with the names that there are', async () => {
    const { exitCode, stderr } = await secrets('knid');
    expect(stderr).toBe('unknown environment "knid"; did you mean `kind`?');
    expect(exitCode).toBe(1);
  });

  it('that do not belong there are refused before any cluster is asked', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'chat'));
    writeFileSync(join(folder, 'chat/session-key'), 'hidden');
    const { exitCode, stderr } = await secrets('kind', '--from', folder);
    expect(stderr).toBe(`${folder}/chat/session-key: unknown key of chat; did you mean \`session_key\`?`);
    expect(exitCode).toBe(1);
  });
});

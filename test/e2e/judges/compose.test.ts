import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/copy';
import { compose } from './compose';
import { fakeTool } from './fake-tool';

const tree = { name: 'tree', folder: temporaryFolder() };
writeFileSync(join(tree.folder, 'compose.yaml'), 'services: {chat: {image: a}, redis: {image: b}}\n');

describe('what Compose says of compose.yaml', () => {
  it('counts the services that it read', async () => {
    const tool = fakeTool('echo chat; echo redis');
    expect(await compose(tool, tree.folder).judge(tree)).toEqual({ judged: 2, expected: 2, said: [] });
  });

  it('is a finding where it cannot read it', async () => {
    const tool = fakeTool('echo "services.chat.mem_limt false schema" >&2; exit 1');
    expect(await compose(tool, tree.folder).judge(tree)).toMatchObject({
      judged: 0,
      said: [{ object: 'compose.yaml', rule: 'invalid', message: 'services.chat.mem_limt false schema' }],
    });
  });

  it('is asked of every compose.yaml of the tree, and names the one at fault', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'jenkins'));
    for (const file of ['compose.yaml', 'jenkins/compose.yaml'])
      writeFileSync(join(folder, file), 'services: {agent: {image: a}}\n');
    const tool = fakeTool('case $1 in */jenkins/*) echo "services.agent invalid" >&2; exit 1 ;; esac; echo agent');
    expect(await compose(tool, folder).judge({ name: 'tree', folder })).toEqual({
      judged: 1,
      expected: 2,
      said: [{ object: 'jenkins/compose.yaml', rule: 'invalid', message: 'services.agent invalid' }],
    });
  });
});

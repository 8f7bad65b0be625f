import { writeFileSync } from 'node:fs';
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
});
